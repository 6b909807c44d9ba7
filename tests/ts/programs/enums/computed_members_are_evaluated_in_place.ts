const log: string[] = [];
function f(n: number) { log.push("f" + n); return n; }
enum C { A = f(1), B = f(A + 1), D = "xyz".length, E = Math.max(3, 4) }
console.log(log.join(), JSON.stringify(C), C[C.B]);
