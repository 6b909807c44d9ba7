import { Both } from "./m.js"; import Default, { Shape } from "./m.js";
const s: Shape = { k: 1 }, b: Both = new Both(); type Local = Shape; namespace Uses { export type X = Default; }
console.log(s.k, b.v);
