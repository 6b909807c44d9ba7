console.log("types3 loaded"); export type U = 1;
