import { A } from "./a.js"; export enum B { Z = 5 } export const lazy = () => A.X;
