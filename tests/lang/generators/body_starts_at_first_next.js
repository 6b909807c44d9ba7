// SPDX-License-Identifier: MIT
const log = [];
function* g() {
    log.push('started');
    yield;
}
const it = g();
console.log(log.length); // => 0
it.next();
console.log(log.length); // => 1
