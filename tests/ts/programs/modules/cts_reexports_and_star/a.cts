export const a = "a", b = "b"; export default "a default"; export type T = 1;
