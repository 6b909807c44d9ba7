namespace M { export const M = 5; export const twice = M * 2; export function f() { return M; } }
console.log(JSON.stringify(M), M.f());
