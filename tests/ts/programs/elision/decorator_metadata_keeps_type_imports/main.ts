import "reflect-shim"; import { A } from "./a.js"; import { B } from "./b.js"; import type { C } from "./c.js"; import { D } from "./d.js"; import * as ns from "./e.js"; import F from "./f.js";
const R = Reflect as any, d = (...a: any[]): any => {};
@d class K { constructor(a: A, c: C, n: ns.E) {} @d p!: B; q!: D; @d m(f: F): ns.E { return null!; } }
console.log(R.getMetadata("design:paramtypes", K).map((x: any) => x.name).join(), R.getMetadata("design:type", K.prototype, "p").name, R.getMetadata("design:paramtypes", K.prototype, "m")[0].name, R.getMetadata("design:returntype", K.prototype, "m").name);
