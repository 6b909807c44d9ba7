// SPDX-License-Identifier: MIT
const log = [];
function f() {
    try {
        try {
            throw new Error('a');
        } finally {
            log.push('inner');
        }
    } catch (e) {
        log.push(e.message);
        return log.push('returning');
    } finally {
        log.push('outer');
    }
}
f();
console.log(log.join()); // => inner,a,returning,outer
