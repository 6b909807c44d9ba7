console.log("a loaded"); export const a = 1;
