// SPDX-License-Identifier: MIT
function f(...args) {
    return [this.x, ...args].join();
}
const o = { x: 'o' };
const bound = f.bind(o, 1);
console.log(f.call(o, 1, 2), f.apply(o, [3, 4]), bound(2), bound.call({ x: 'other' }, 3), bound.bind(null, 5)(6)); // => o,1,2 o,3,4 o,1,2 o,1,3 o,1,5,6
console.log(bound.name, bound.length, f.apply(o, { length: 2, 0: 'a', 1: 'b' })); // => bound f 0 o,a,b
