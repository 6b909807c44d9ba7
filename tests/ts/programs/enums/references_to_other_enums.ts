enum A { X = 5, S = "s" }
enum B { Y = A.X, Z = A["X"] + 1, T = A.S, U = `${A.S}!`, V = A.X | 8, W }
console.log(JSON.stringify(B), B[5]);
