import def, { named as other } from "./other.js";
import * as all from "./other.js";
export { other };
export default function f() { return def + other + all.x; }
