// SPDX-License-Identifier: MIT
const o = { z: 1, 10: 1, a: 1, 2: 1, '-1': 1, '01': 1 };
o.b = 1;
o[1] = 1;
console.log(Object.keys(o).join(), JSON.stringify(Object.entries({ b: 1, a: 2 }))); // => 1,2,10,z,a,-1,01,b [["b",1],["a",2]]
