console.log("types loaded"); export const never = 1;
