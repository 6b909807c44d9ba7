import { a } from "./a.js";
import { T } from "./types.js";
import Def from "./def.js";
import * as ns from "./ns.js";
import "./effect.js";
import {} from "./empty.js";
let x: T | Def | ns.Q = 1 as any;
console.log("main", x, a);
