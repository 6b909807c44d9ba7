// SPDX-License-Identifier: MIT
const log = [];
function f() {
    try {
        try {
            return 1;
        } finally {
            log.push('in');
            try {
                throw 0;
            } catch {
                log.push('caught');
            }
        }
    } finally {
        log.push('out');
    }
}
console.log(f(), log.join()); // => 1 in,caught,out
