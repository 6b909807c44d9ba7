console.log("side4"); export type T = 1;
