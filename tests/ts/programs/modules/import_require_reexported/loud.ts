console.log("loud loaded"); export type T = 1;
