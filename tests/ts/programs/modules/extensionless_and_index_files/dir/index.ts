export const i = "i", j = "j";
