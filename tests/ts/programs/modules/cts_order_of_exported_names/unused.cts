console.log("unused"); export const unused = 1;
