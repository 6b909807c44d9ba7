// @preserveConstEnums: true
const enum P { A = 1, B = A * 2 }
console.log(P.A, P.B);
const reverse = (P as any);
console.log(reverse[1], Object.keys(reverse).join());
