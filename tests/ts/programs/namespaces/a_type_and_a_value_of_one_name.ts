export namespace A { export interface I {} export const I = 5; export type T = I; export const T = "t"; } import I = A.I; export import T = A.T; console.log(I, T);
