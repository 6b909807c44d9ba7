console.log("m9"); export const i = 1;
