// SPDX-License-Identifier: MIT
function P(x, y) {
    this.sum = x + y;
}
const B = P.bind({ ignored: true }, 1);
const p = new B(2);
console.log(p.sum, p instanceof P, p instanceof B, 'prototype' in B); // => 3 true true false
