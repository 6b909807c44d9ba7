export default "dyn";
