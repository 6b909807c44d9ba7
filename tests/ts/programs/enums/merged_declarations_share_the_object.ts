enum M { A, B }
enum M { C = 2, D = A + 10 }
const before = M;
enum M { E = C + D }
console.log(JSON.stringify(M), before === M);
