// SPDX-License-Identifier: MIT
function* inner() {
    const got = yield 'a';
    return 'result ' + got;
}
function* outer() {
    const r = yield* inner();
    yield r;
    yield* [1, 2];
}
const it = outer();
console.log(it.next().value, it.next('v').value, it.next().value, it.next().value, it.next().done); // => a result v 1 2 true
