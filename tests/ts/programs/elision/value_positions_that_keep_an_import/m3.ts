console.log("m3"); export const c = 1;
