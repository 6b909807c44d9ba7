enum M { A = 1, B = "b", C = 3, D }
console.log(JSON.stringify(M), M[4]);
