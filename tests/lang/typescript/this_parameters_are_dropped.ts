// SPDX-License-Identifier: MIT
function f(this: { n: number }, x: number) {
    return this.n + x;
}
console.log(f.call({ n: 1 }, 2), f.length);

// => 3 1
