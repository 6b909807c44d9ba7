function make(n: number) { enum E { A = n, B = n + 1 } return E; }
const a = make(1), b = make(5);
console.log(JSON.stringify(a), JSON.stringify(b), a === b);
