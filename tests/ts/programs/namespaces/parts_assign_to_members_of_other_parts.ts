namespace A { export namespace B { export let v = 1 } } namespace A.B { v = 2; export const w = v; } console.log(A.B.v, A.B.w);
