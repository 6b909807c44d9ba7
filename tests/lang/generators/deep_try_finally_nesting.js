// SPDX-License-Identifier: MIT
const log = [];
function* g() {
    try {
        try {
            yield 1;
        } finally {
            log.push('inner');
            throw new Error('from inner');
        }
    } catch (e) {
        log.push(e.message);
        yield 2;
    } finally {
        log.push('outer');
    }
}
const it = g();
it.next();
console.log(it.return().value, it.next().done, log.join(', ')); // => 2 true inner, from inner, outer
