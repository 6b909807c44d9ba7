export const v = "v", w = "w"; export type T = 1;
