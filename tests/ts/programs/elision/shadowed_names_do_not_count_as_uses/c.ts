console.log("c loaded"); export const c = 1;
