const base = 40;
const name = "x";
enum E { A = base, B = base + 2, C = name, D = `${name}y` }
console.log(JSON.stringify(E));
