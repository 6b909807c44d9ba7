export type A = number; export const B = "b"; export type C = number;
