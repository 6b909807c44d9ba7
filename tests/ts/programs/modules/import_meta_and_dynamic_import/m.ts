export default "dyn"; export const v = 1; export type Gone = 1;
