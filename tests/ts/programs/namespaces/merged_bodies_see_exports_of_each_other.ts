namespace N { export const a = 1; const secret = 9; export const s1 = typeof secret; }
namespace N { export const b = a + 1; export const s2 = typeof (globalThis as any).secret; }
console.log(JSON.stringify(N));
