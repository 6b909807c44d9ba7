// SPDX-License-Identifier: MIT
function* g(first) {
    const a = yield first;
    const b = yield a + 1;
    return [a, b].join();
}
const it = g('start');
console.log(it.next('ignored').value, it.next(10).value); // => start 11
const last = it.next(20);
console.log(last.value, last.done, it.next().value, it.next().done); // => 10,20 true undefined true
