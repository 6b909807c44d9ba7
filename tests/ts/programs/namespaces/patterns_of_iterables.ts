namespace N { export const [a, b] = new Set([1, 2]), { c } = { c: 3 }; } console.log(N.a, N.b, N.c);
