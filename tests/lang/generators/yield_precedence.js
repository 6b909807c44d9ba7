// SPDX-License-Identifier: MIT
function* g() {
    const x = (yield 1) + (yield 2);
    yield x;
    yield [yield 'a', yield 'b'].join();
    const o = { p: yield 'c' };
    yield o.p;
}
const it = g();
const out = [];
for (let r = it.next(), i = 0; !r.done; r = it.next(++i)) out.push(r.value);
console.log(out.join(' ')); // => 1 2 3 a b 4,5 c 7
