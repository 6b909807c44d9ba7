interface A { x: 1 } const A = { x: 1 } as A; export default A; import a from "./main.js"; console.log(a.x); export type { A }; export { A as B };
