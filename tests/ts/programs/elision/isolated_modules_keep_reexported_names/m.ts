export const enum CE { A = 4 } export enum E { B = 5 } export const a = 1;
