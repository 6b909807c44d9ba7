console.log("m8"); export const h = 1;
