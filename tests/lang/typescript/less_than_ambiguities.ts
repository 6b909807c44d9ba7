// SPDX-License-Identifier: MIT
const f = (a: any, b?: any) => (b === undefined ? String(a) : `${a},${b}`);
const a = 1, b = 2, c = 3;
console.log(f(a < b, c > 7), a < b === true, f<number>(c), (a < b) as boolean, new Array<number>(3).length);
const m = new Map<string, Map<string, number[]>>();
console.log(m.size, a <b, 1 >> 0);

// => true,false true 3 true 3
// => 0 true 1
