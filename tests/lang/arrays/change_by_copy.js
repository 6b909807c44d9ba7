// SPDX-License-Identifier: MIT
const a = [3, 1, 2];
console.log(a.toSorted().join(), a.toReversed().join(), a.with(1, 9).join(), a.toSpliced(0, 1, 'x').join(), a.join(), a.findLast(x => x < 3), a.findLastIndex(x => x > 5)); // => 1,2,3 2,1,3 3,9,2 x,1,2 3,1,2 2 -1
