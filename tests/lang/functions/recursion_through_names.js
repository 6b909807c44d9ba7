// SPDX-License-Identifier: MIT
const fact = function self(n) {
    return n < 2n ? 1n : n * self(n - 1n);
};
console.log(String(fact(25n))); // => 15511210043330985984000000
