import * as m from "./m.cjs"; import { n, bump, later } from "./m.cjs";
console.log(n, m.n); bump(); console.log(n, m.n, later());
