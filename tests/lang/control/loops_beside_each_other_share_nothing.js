// SPDX-License-Identifier: MIT
// Environments of scopes that lie beside each other may lie in one place of the frame: closures must keep their own.
function f() {
    const got = [];
    for (let i = 0; i < 2; i++) got.push(() => 'a' + i);
    for (let i = 0; i < 2; i++) { got.push(() => 'b' + i); { const j = i * 10; got.push(() => 'c' + j); } }
    { let x = 'd'; got.push(() => x, () => (x += '!')); }
    try { let y = 'e'; got.push(() => y); throw 'f'; } catch (e) { got.push(() => e); } finally { let z = 'g'; got.push(() => z); }
    switch (1) { case 1: { let w = 'h'; got.push(() => w); } default: let v = 'i'; got.push(() => v); }
    return got.map(g => g()).join(' ');
}
console.log(f()); // => a0 a1 b0 c0 b1 c10 d d! e f g h i
function* g() {
    for (let i = 0; i < 2; i++) yield () => i;
    { let j = 5; yield () => j++; yield () => j; }
    for (const k of [7, 8]) { try { yield () => k; } finally { let l = k; yield () => l; } }
}
console.log([...g()].map(h => h()).join(' ')); // => 0 1 5 6 7 7 8 8
