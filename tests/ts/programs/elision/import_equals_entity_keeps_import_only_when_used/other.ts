console.log("other loaded"); export type T = 1;
