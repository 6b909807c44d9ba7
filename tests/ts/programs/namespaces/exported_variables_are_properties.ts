namespace N { export let a = 1; export const b = a + 1; let hidden = 5; export function bump() { a++; hidden++; return a + hidden; } }
console.log(N.a, N.b, N.bump(), N.a, Object.keys(N).join(), (N as any).hidden);
N.a = 50;
console.log(N.bump());
