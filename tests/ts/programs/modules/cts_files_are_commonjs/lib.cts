import path = require("node:path"); import { sep } from "node:path"; import * as os from "node:path"; import dflt from "node:path";
export const named = "named"; export default function f() {} export { sep as separator }; export type T = 1;
console.log(typeof module, typeof exports, typeof require, typeof __filename, path.basename(__filename).split(".")[0], this === exports, sep, os.sep, typeof dflt, exports.__esModule, Object.keys(exports).sort().join());
