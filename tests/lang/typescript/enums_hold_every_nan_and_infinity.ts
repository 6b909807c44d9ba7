// SPDX-License-Identifier: MIT
enum E { A = 0 / 0, B = -(0 / 0), C = 1 / 0, D = -1 / 0, F = NaN, G = -Infinity, H = Infinity - Infinity, I = 5 % 0 }
console.log(E.A, E.B, E.C, E.D, E.F, E.G, E.H, E.I); // => NaN NaN Infinity -Infinity NaN -Infinity NaN NaN
