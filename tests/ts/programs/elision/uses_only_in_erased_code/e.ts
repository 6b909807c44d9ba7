console.log("e loaded"); export const E = "e";
