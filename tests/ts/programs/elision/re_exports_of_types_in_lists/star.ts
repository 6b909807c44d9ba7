console.log("star"); export const fromStar = "s"; export type U = 1; export default "not exported by star";
