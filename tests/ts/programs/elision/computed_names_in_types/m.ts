console.log("m"); export const a = "k";
