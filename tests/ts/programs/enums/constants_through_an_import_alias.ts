namespace N { export enum E { A = 1, S = "s" } } import E = N.E; enum F { X = E.A, Y, T = E.S } console.log(JSON.stringify(F));
