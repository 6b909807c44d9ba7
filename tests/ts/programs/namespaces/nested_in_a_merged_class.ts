class C { private static p = 1; static m() { return C.N.q; } } namespace C { export namespace N { export const q = "q"; } } console.log(C.m());
