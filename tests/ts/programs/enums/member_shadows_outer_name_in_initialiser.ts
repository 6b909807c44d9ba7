const A = 100, Q = 7;
enum E { A = 1, B = A + 1, C = Q, D = Q + A }
console.log(JSON.stringify(E));
