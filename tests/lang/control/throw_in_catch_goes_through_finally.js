// SPDX-License-Identifier: MIT
const log = [];
try {
    try {
        throw 1;
    } catch (e) {
        throw e + 1;
    } finally {
        log.push('finally');
    }
} catch (e) {
    log.push(e);
}
console.log(log.join()); // => finally,2
