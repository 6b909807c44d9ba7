import type { T } from "./t";
interface I { a: number }
type U = I | T;
export function f<X extends U>(this: void, x: X, y?: number): asserts x is X { x satisfies U; (x as I).a!; }
declare const z: number;
abstract class C { declare a: string; private b?: number; abstract m(): void; }
