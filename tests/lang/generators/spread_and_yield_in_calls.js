// SPDX-License-Identifier: MIT
function* g() {
    return [yield 1, ...(yield 2), yield 3].join();
}
const it = g();
it.next();
it.next('x');
it.next(['y', 'z']);
console.log(it.next('w').value); // => x,y,z,w
