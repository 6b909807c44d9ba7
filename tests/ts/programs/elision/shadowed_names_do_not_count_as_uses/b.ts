console.log("b loaded"); export const b = 1;
