namespace N { export enum E { A = 1, S = "s" } } enum F { X = N.E.A, Y, T = N.E.S, U = N.E["A"] | 4, V } console.log(JSON.stringify(F));
