export const v = "src v";
