import legacy from "legacy-cjs"; import * as ns from "legacy-cjs"; import legacy2 = require("legacy-cjs"); import dual, { named } from "dual"; import * as dn from "dual";
console.log(typeof legacy2, legacy2(1), typeof legacy, typeof ns, dual(), named, dn.named, typeof dn.default);
