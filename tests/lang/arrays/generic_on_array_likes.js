// SPDX-License-Identifier: MIT
const like = { length: 2, 0: 'a', 1: 'b' };
console.log(Array.prototype.map.call(like, x => x + x).join(), Array.prototype.push.call(like, 'c'), like[2], Array.prototype.join.call('xyz', '-'), Array.prototype.includes.call({ length: 1 }, undefined)); // => aa,bb 3 c x-y-z true
