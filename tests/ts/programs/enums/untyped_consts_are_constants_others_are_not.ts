const a = 1, b = a + 1, c: number = 3, d = `x${a}`; let e = 4; enum F { A = a, B = b, C = c, D = d, E = e, G = -a, H } console.log(JSON.stringify(F)); 
