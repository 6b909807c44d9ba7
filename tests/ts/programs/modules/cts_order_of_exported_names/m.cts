export const a = "a", c = "c"; export default 1; export type T = 1;
