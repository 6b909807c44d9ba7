// @target: es2021
let n = 0; class A { static a = ++n; static { n *= 10; } static b = ++n; static [(n += 100, "c")] = ++n; } console.log(A.a, A.b, (A as any).c, n);
