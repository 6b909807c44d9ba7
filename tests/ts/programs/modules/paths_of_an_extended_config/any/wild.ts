export const q = "wild";
