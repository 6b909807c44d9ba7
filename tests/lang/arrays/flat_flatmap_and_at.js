// SPDX-License-Identifier: MIT
console.log(JSON.stringify([1, [2, [3, [4]]]].flat()), [1, [2, [3, [4]]]].flat(Infinity).join(), [1, 2].flatMap(x => [x, [x]]).length, [1, 2, 3].at(-2), [].at(0)); // => [1,2,[3,[4]]] 1,2,3,4 4 2 undefined
