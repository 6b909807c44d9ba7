console.log("m4"); export const d = 1;
