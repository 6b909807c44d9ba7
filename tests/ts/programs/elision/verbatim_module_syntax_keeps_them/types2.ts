console.log("types2 loaded"); export type U = 1;
