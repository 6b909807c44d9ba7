// SPDX-License-Identifier: MIT
class A { m() { return 1; } }
class B extends A {}
const read = o => o.m();
const b = new B();
let out = '';
for (let i = 0; i < 5; i++) out += read(b);
B.prototype.m = () => 2;
out += read(b);
b.m = () => 3;
out += read(b);
delete b.m;
delete B.prototype.m;
out += read(b);
A.prototype.m = () => 4;
out += read(b);
Object.setPrototypeOf(b, { m: () => 5 });
out += read(b);
console.log(out); // expect: 1111123145
const base = { x: 1 }, mid = Object.create(base), leaf = Object.create(mid);
const get = o => o.x;
get(leaf), get(leaf);
Object.defineProperty(mid, 'x', { get() { return 'getter'; }, configurable: true });
console.log(get(leaf), (Object.defineProperty(mid, 'x', { value: 7 }), get(leaf))); // expect: getter 7
