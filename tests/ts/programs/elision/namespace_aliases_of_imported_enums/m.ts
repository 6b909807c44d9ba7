export enum E { A = 3 }
