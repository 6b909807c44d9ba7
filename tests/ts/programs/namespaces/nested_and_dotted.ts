namespace A.B.C { export const x = 1; }
namespace A.B { export const y = C.x + 1; }
namespace A { export const z = B.y + B.C.x; export namespace D { export const w = z * 2; } }
console.log(A.B.C.x, A.B.y, A.z, A.D.w, JSON.stringify(A));
