import type { Missing } from "./nowhere.js";
import type Default, { type Other } from "./nowhere.js";
import { type A, type B as C } from "reflect-shim";
export type { Missing } from "./nowhere.js"; export type * from "./nowhere.js"; export type * as ns from "./nowhere.js";
let x: Missing | Default | A | C = 1 as any;
console.log(x);
