// SPDX-License-Identifier: MIT
function* g() {
    while (true) {
        try {
            yield 'ok';
        } catch (e) {
            yield 'caught ' + e;
        }
    }
}
const it = g();
console.log(it.next().value, it.throw('x').value, it.next().value); // => ok caught x ok
