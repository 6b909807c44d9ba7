// SPDX-License-Identifier: MIT
const y = /a/y;
console.log(y.test('ba'), y.lastIndex, (y.lastIndex = 1), y.test('ba'), y.lastIndex); // => false 0 1 true 2
const g = /o/g;
console.log(g.test('foo'), g.lastIndex, g.test('foo'), g.lastIndex, g.test('foo'), g.lastIndex); // => true 2 true 3 false 0
