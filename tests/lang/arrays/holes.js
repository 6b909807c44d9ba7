// SPDX-License-Identifier: MIT
const a = [1, , 3];
console.log(a.length, 1 in a, a.map(x => x * 2).length, a.forEach.length, Object.keys(a).join(), a.indexOf(undefined), a.includes(undefined), JSON.stringify(a), a.join('-')); // => 3 false 3 1 0,2 -1 true [1,null,3] 1--3
let n = 0;
a.forEach(() => n++);
console.log(n, a.reduce((x, y) => x + y), [...a].length, Object.keys([...a]).length, a.flat().length, a.findIndex(x => x === undefined)); // => 2 4 3 3 2 1
