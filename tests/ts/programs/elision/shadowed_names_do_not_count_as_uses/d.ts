console.log("d loaded"); export const d = 1;
