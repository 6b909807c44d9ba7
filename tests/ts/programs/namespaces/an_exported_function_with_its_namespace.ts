namespace N { export function f() { return f.v + typeof N; } export namespace f { export let v = 1; v += 1; } } console.log(N.f(), N.f.v);
