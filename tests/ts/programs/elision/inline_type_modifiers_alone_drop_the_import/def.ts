console.log("def loaded"); export default 1; export type W = 1;
