export const p = "p2";
