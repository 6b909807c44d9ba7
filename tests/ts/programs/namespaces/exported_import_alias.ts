namespace A { export const x = { n: 1 }; }
export import B = A;
export import y = A.x;
import * as self from "./main.js";
console.log(self.B.x.n, self.y === A.x, Object.keys(self).join());
