namespace N { export enum E { A, B = A + 5 } export enum E { C = 9 } export const enum F { X = 3 } export const x = F.X; export const back = E[5]; }
console.log(JSON.stringify(N.E), N.x, N.back, N.F.X);
