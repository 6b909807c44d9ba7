// SPDX-License-Identifier: MIT
const like = { length: 2, 0: 'a', 1: 'b', [Symbol.isConcatSpreadable]: true };
const list = [1];
list[Symbol.isConcatSpreadable] = false;
console.log([0].concat(like).join(), [0].concat(list).length); // => 0,a,b 2
const matcher = { [Symbol.match]: s => 'matched ' + s, [Symbol.replace]: (s, r) => s + r, [Symbol.split]: s => [s, 'split'], [Symbol.search]: () => 7 };
console.log('x'.match(matcher), 'x'.replace(matcher, 'y'), 'x'.split(matcher).join(), 'x'.search(matcher)); // => matched x xy x,split 7
