// SPDX-License-Identifier: MIT
const a = new Set([1, 2, 3]);
const b = new Set([3, 4]);
console.log([...a.union(b)].join(), [...a.intersection(b)].join(), [...a.difference(b)].join(), [...a.symmetricDifference(b)].join());
console.log(new Set([1]).isSubsetOf(a), a.isSupersetOf(new Set()), a.isDisjointFrom(new Set([9])));

// => 1,2,3,4 3 1,2 1,2,4
// => true true true
