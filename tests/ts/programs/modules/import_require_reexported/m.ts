export const v = "v";
