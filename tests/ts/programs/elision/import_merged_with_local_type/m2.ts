console.log("m2 loaded"); export const make = () => ({ v: 3 });
