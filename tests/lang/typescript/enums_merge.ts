// SPDX-License-Identifier: MIT
enum M {
    A,
}
enum M {
    B = 1,
}
console.log(M.A, M.B, M[1]);

// => 0 1 B
