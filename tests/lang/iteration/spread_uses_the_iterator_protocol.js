// SPDX-License-Identifier: MIT
class Pair {
    *[Symbol.iterator]() {
        yield 'left';
        yield 'right';
    }
}
console.log([...new Pair(), ...'ab', ...new Set([1, 1])].join()); // => left,right,a,b,1
console.log(Math.max(...[1, 5], 3, ...new Set([9]))); // => 9
