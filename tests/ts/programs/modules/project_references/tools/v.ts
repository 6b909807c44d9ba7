export const v = "tools v";
