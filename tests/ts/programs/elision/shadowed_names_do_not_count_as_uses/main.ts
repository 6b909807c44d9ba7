import { a } from "./a.js"; import { b } from "./b.js"; import { c } from "./c.js"; import { d } from "./d.js";
function f(a: number) { return a; } { const b = 2; console.log(b); } const o = { c: 1, d() { return this.c; } }; class K { d = 3; }
console.log(f(1), o.c, new K().d, (o as any).d());
label: for (;;) break label;
