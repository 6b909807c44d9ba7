console.log("types loaded"); export type T = 1;
