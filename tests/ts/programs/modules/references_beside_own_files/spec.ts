export const w = "spec";
