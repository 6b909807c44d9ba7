enum E { A, B }
namespace E { export const names = [E[0], E[1]]; export function next(e: E) { return (e + 1) % 2 as E; } }
console.log(E.names.join(), E.next(E.B), B());
function B() { return E.next(E.A); }
