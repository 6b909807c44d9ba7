// SPDX-License-Identifier: MIT
const it = ['x'].entries();
console.log(it[Symbol.iterator]() === it, Object.prototype.toString.call(it)); // => true [object Array Iterator]
console.log(JSON.stringify(it.next()), JSON.stringify(it.next()), it.next().done); // => {"value":[0,"x"],"done":false} {"done":true} true
