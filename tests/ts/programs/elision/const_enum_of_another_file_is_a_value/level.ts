console.log("level loaded");
export const enum Level { Low = "low", High = "high" }
