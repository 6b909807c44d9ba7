function f(x: number) { return x + f.offset; }
namespace f { export let offset = 10; export const twice = (x: number) => f(f(x)); }
console.log(f(1), f.twice(1), (f.offset = 0, f(1)), Object.keys(f).join());
