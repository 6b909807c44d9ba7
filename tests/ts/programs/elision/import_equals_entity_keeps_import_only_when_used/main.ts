import * as ns from "./m.js"; import * as other from "./other.js";
import Alias = ns.K; import TypeAlias = other.T; import Inner = ns.Space.v;
let x: TypeAlias = 1; console.log(new Alias().v, Inner, x);
