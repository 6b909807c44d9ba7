console.log("m2"); export const b = "k";
