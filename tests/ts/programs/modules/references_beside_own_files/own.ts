export const w = "own";
