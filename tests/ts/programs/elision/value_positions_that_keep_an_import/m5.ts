console.log("m5"); export const e = 1;
