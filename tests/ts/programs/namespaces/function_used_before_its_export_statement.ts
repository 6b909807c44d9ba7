namespace N { export const early = f(1); export function f(x: number) { return x * 2; } }
console.log(N.early, N.f(4));
