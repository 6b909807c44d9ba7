import { a } from "./m1.js"; import { b } from "./m2.js"; import { c } from "./m3.js"; import { d } from "./m4.js"; import { e } from "./m5.js"; import { F } from "./m6.js"; import { g } from "./m7.js"; import { h } from "./m8.js"; import * as i from "./m9.js";
const sh = { a }; let t: typeof b; export { c }; type Q = typeof d; const k = `${e}`; class X extends F {} void (0 as any as typeof g); if (false) h; export { i as ns };
console.log(Object.keys(sh).join(), k, X.name);
