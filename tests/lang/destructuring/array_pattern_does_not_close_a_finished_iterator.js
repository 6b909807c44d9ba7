// SPDX-License-Identifier: MIT
const log = [];
function* g() {
    try {
        yield 1;
    } finally {
        log.push('finally');
    }
}
const [a, b, c] = g();
const [x] = g();
const [...all] = g();
console.log(a, b, c, x, all.length, log.join()); // => 1 undefined undefined 1 1 finally,finally,finally
