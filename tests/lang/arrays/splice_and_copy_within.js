// SPDX-License-Identifier: MIT
const a = [1, 2, 3, 4, 5];
console.log(a.splice(1, 2, 'x', 'y', 'z').join(), a.join(), a.splice(-2).join(), a.length, [1, 2, 3, 4, 5].copyWithin(0, 3).join(), [1, 2, 3].fill(0, -1).join()); // => 2,3 1,x,y,z,4,5 4,5 4 4,5,3,4,5 1,2,0
