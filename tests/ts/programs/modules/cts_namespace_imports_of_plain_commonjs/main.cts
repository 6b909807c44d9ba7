import * as ns from "legacy-cjs"; import legacy2 = require("legacy-cjs"); import dual, { named } from "dual"; import * as dn from "dual";
console.log(typeof legacy2, legacy2(1), typeof ns, (ns as any)(2), ns === legacy2, dual(), named, dn.named, typeof dn.default);
