console.log("never loaded"); export type T = 1; export default 1;
