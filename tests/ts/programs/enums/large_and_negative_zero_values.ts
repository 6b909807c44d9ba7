enum E { A = 2 ** 31, B = 1 << 31, C = 0xffffffff | 0, D = -0, F = 1e21, G = 1.50, H = .5 } console.log(JSON.stringify(E), Object.is(E.D, -0));
