// SPDX-License-Identifier: MIT
const log = [];
async function f() {
    try {
        throw new Error('x');
    } catch (e) {
        await null;
        log.push(e.message);
        return 'returned';
    } finally {
        await null;
        log.push('finally');
    }
}
f().then(v => console.log(v, log.join())); // => returned x,finally
