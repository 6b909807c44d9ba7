export namespace N { export const a = 1; }
export namespace N { export const b = 2; }
export function N2() { return N2.v; }
export namespace N2 { export const v = "v"; }
import * as self from "./main.js";
console.log(JSON.stringify(self.N), self.N2(), Object.keys(self).join());
