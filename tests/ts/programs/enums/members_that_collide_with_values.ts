enum E { A = 1, B = 1, C = 1 }
console.log(E[1], JSON.stringify(E));
