export * from "./a.cjs"; export { b as renamed, type T } from "./a.cjs"; export * as ns from "./a.cjs"; export default "index default"; export type { T as U } from "./a.cjs";
