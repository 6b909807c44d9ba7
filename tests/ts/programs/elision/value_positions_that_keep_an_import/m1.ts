console.log("m1"); export const a = 1;
