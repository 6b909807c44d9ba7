namespace N { export const a = 1, b = 2; export const o = { a, b, c: `${a}${b}` }; export const call = ((x: number) => ({ a, x }))(b); }
console.log(JSON.stringify(N));
