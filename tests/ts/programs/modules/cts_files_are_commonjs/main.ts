import { named } from "./lib.cjs"; import * as ns from "./lib.cjs";
console.log(named, (ns as any).named, (ns as any).separator);
