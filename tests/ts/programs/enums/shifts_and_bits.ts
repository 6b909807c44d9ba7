enum Flags { None = 0, A = 1 << 0, B = 1 << 1, C = 1 << 2, AB = A | B, NotA = ~A & 7, All = AB | C, U = -1 >>> 28, X = A ^ 3, M = 7 % 4, P = 2 ** 10 }
console.log(JSON.stringify(Flags));
console.log(Flags[Flags.A | Flags.B], (Flags.All & Flags.C) !== 0);
