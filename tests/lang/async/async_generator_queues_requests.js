// SPDX-License-Identifier: MIT
const log = [];
async function* g() {
    log.push('start');
    yield 1;
    yield 2;
}
const it = g();
Promise.all([it.next(), it.next(), it.next(), it.return('r')]).then(all => console.log(all.map(r => `${r.value}/${r.done}`).join(' ')));
console.log(log.join());

// => start
// => 1/false 2/false undefined/true r/true
