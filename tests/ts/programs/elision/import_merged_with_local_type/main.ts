import { Thing } from "./m.js";
interface Local { t: Thing } type make = string; import { make } from "./m2.js";
const l: Local = { t: make() }; console.log(l.t.v);
