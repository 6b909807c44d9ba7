import { A } from "./a.js"; import { B } from "./b.js"; import { C } from "./c.js"; import { D } from "./d.js"; import { E } from "./e.js";
class K implements A { declare x: typeof B; m(this: C, a: C): asserts a is C {} } declare const z: typeof D; abstract class L { abstract [E]: string; }
interface I extends A {} declare class M extends D {} function over(x: typeof B): void; function over(x: any) {} namespace Types { export type Q = typeof C; } declare function deflt(x?: typeof A): void;
console.log(K.name, L.name, over.length);
