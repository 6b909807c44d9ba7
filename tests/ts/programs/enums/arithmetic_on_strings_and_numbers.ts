enum E { A = 1, B = "v" + 1, C = "v" + A, D = 1 + 2 + "z", F = (A), G = "a".length + 1 }
console.log(JSON.stringify(E));
