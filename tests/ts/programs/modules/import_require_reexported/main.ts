import { lib } from "./index"; import unusedType = require("./loud"); let x: unusedType.T = 1; console.log(lib.v, x);
