// SPDX-License-Identifier: MIT
// Function calls: recursion, mutual recursion, calls with more and fewer arguments than parameters.
const print = globalThis.console ? console.log : globalThis.print;

function fib(n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function ackermann(m, n) {
    if (m === 0) return n + 1;
    if (n === 0) return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

const isEven = n => (n === 0 ? true : isOdd(n - 1));
const isOdd = n => (n === 0 ? false : isEven(n - 1));

function tak(x, y, z) {
    return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

function padded(a, b, c = 3) {
    return a + (b === undefined ? 1 : b) + c;
}

let extra = 0;
for (let i = 0; i < 1500000; i++) extra = (extra + padded(i) + padded(i, 1, 2, 3)) | 0;
let even = 0;
for (let i = 0; i < 3000; i++) even += isEven(i % 600) ? 1 : 0;
print('calls', fib(31), ackermann(2, 300), tak(18, 12, 6), even, extra);
