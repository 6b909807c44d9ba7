import * as m from "./m.js";
console.log(Object.keys(m).join());
