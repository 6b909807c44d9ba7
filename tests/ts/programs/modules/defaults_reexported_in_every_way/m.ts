export default "d"; export const a = "a";
