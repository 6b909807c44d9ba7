enum E { A = (() => 3)(), B = [1, 2, 3].indexOf(2), C = ((x: number) => x * 2)(21), D = typeof A === "number" ? 8 : 9 }
console.log(JSON.stringify(E));
