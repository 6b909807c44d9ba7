enum A { X, Y, Z = 10, W }
console.log(A.X, A.Y, A.Z, A.W, A[0], A[10], A[11], JSON.stringify(A));
console.log(Object.keys(A).join());
