enum N { A = -1, B, C, D = -2.5, E = 1e3, F = 0x1f, G = 0b11, H = 1_000, I = +4, J = ~5 }
console.log(JSON.stringify(N), N[-1], N[-2.5], N[-6]);
