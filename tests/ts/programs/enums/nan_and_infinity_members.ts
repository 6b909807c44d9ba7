enum W { A = NaN, B = Infinity, C = -Infinity, D = 1 / 0, E = 0 / 0 }
console.log(W.A, W.B, W.C, W.D, W.E, W[NaN as any], W[Infinity as any], W[-Infinity as any]);
