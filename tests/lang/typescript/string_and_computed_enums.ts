// SPDX-License-Identifier: MIT
const base = 'abc'.length;
enum E {
    A = 'a',
    B = base,
    C = base * 2,
    D = 1 << 4,
    F = D | 1,
    G = A + 'x',
    H = `${A}-t`,
}
console.log(E.A, E.B, E.C, E.D, E.F, E.G, E.H, E[16], Object.keys(E).length);

// => a 3 6 16 17 ax a-t D 11
