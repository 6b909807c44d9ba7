console.log("a loaded"); export const a = 1; export const unused = 2;
