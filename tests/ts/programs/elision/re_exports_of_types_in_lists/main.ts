import { v, fromStar } from "./index.js"; import * as all from "./index.js";
console.log(v, fromStar, Object.keys(all).join());
