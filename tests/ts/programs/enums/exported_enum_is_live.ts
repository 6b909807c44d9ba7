export enum E { A, B = "b" }
export { E as F };
import * as self from "./main.js";
console.log(self.E === E, self.F === E, Object.keys(self).join());
