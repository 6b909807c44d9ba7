enum E { A = (1 + 2) * 3, B = <any>"s", C = ("t" as any), D = (4 satisfies number), F = A! }
console.log(JSON.stringify(E));
