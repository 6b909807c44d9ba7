import x1 = globalThis.Object; import y1 = Math.max; console.log(x1.keys({ a: 1 }).join(), y1(1, 2)); export import z1 = Math.PI; import * as s from "./main.js"; console.log(s.z1 === Math.PI);
