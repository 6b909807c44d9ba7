// SPDX-License-Identifier: MIT
const a = Float64Array.from([3, 1, 2]);
console.log(a.toSorted().join(), a.map(x => x * 2).join(), a.subarray(1).join(), a.slice(-1).join(), a.indexOf(2), a.at(-1), a.with(0, 9).join(), a.fill(0, 1).join()); // => 1,2,3 6,2,4 1,2 2 2 2 9,1,2 3,0,0
a.set([7, 8], 1);
console.log(a.join(), a.reduce((x, y) => x + y), Object.prototype.toString.call(a), a instanceof Float64Array, Array.isArray(a)); // => 3,7,8 18 [object Float64Array] true false
