import fromCts, { named } from "./lib.cjs"; import * as ns from "./lib.cjs";
console.log(typeof fromCts, named, (ns as any).named, (fromCts as any).named);
