let v = 1; export default v; export { v }; export const bump = () => { v = 2; };
