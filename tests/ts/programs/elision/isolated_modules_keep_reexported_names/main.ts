import { CE, E } from "./m.js"; import { a as b } from "./m.js"; export { b };
console.log(CE.A, E.B, CE["A"]);
