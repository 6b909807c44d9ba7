export const a = "mts"; export type T = 1;
