namespace a { export namespace a { export const a = 1; } export const b = a.a; } console.log(JSON.stringify(a));
