export const seconds = 60 * 60 * 24;
export const text = "a" + 1;
