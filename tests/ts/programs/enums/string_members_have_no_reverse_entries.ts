enum S { A = "a", B = "b", C = `c`, D = A + B, E = `${A}-${C}` }
console.log(JSON.stringify(S), S.D, S.E);
