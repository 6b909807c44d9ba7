// SPDX-License-Identifier: MIT
function* g() {
    yield 1;
}
const it = g();
try {
    it.throw(new Error('early'));
} catch (e) {
    console.log(e.message); // => early
}
console.log(it.next().done); // => true
