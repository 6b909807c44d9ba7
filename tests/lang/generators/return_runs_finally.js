// SPDX-License-Identifier: MIT
const log = [];
function* g() {
    try {
        yield 1;
    } finally {
        log.push('finally');
    }
}
const it = g();
it.next();
const r = it.return('r');
console.log(r.value, r.done, log.join(), it.next().done); // => r true finally true
