// SPDX-License-Identifier: MIT
const a = true, b = 2, c = (x: number) => x;
const f = a ? (x: number): number => x + 1 : c;
const g = a ? (b) : (c);
const h = a ? (b): number => b : c;
console.log(f(1), g, h(5));

// => 2 2 5
