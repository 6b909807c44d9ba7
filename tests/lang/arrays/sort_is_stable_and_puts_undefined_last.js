// SPDX-License-Identifier: MIT
const people = [['b', 2], ['a', 1], ['c', 2], ['d', 1]];
console.log(people.sort((x, y) => x[1] - y[1]).map(p => p[0]).join(''), [3, undefined, 1, , 2].sort().join(), [10, 9, 1].sort().join(), ['b', undefined, 'a'].sort((x, y) => (x < y ? 1 : -1)).join()); // => adbc 1,2,3,, 1,10,9 b,a,
