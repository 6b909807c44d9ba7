import * as self from "./main.js"; export const value = { deep: { x: 1 } }; type S = typeof self.value.deep; type V = typeof value["deep"]; let s: S = { x: 2 }, v: V = s, w: typeof import("./main.js").value = value;
console.log(s.x, v.x, w.deep.x);
