export const p = "p1";
