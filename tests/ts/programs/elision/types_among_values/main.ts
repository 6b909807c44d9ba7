import type { A } from "./m"; import { B, type C } from "./m"; export type { A } from "./m"; export { type C, B } from "./m"; let a: A = 1, c: C = 2; console.log(a, B, c);
