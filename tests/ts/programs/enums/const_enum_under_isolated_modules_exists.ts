// @isolatedModules: true
export const enum P { A = 1, B = A * 2 }
console.log(P.A, P.B, typeof P, Object.keys(P as any).join());
