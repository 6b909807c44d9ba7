// SPDX-License-Identifier: MIT
enum F {
    None = 0,
    Read = 1 << 0,
    Write = 1 << 1,
    All = Read | Write,
    Again = F.All,
    'quoted key' = 9,
}
console.log(F.All, F.Again, F['quoted key'], F[3], F[9]);

// => 3 3 9 Again quoted key
