console.log("m7"); export const g = 1;
