console.log("ns loaded"); export type Q = 1;
