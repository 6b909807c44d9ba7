import { B } from "./b.js"; export enum A { X = 1, Y = B.Z + 1 }
