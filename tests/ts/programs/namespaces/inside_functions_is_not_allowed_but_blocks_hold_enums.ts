function f() { enum E { A = 1 } return E; }
namespace N { export const e = f(); { let inner = 3; var v = inner; } export const w = v; }
console.log(JSON.stringify(N));
