console.log("b loaded"); export const B = 1;
