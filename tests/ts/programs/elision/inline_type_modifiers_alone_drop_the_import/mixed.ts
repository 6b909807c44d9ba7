console.log("mixed loaded"); export type U = 1; export const v = "v";
