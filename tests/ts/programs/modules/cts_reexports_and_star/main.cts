import * as all from "./index.cjs"; import { a, renamed, ns } from "./index.cjs"; import d from "./index.cjs";
console.log(Object.keys(all).sort().join(), a, renamed, ns.b, d);
