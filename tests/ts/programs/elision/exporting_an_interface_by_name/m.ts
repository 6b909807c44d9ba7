interface I {} type T = 1; export const v = 1; namespace Empty { export type Q = 1 } export { I, T, Empty }; export default I;
