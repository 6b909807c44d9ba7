import legacy, { version } from "legacy-cjs"; import * as ns from "legacy-cjs"; import dual, { named } from "dual"; import * as dn from "dual";
console.log(legacy(1), version, typeof ns, (ns as any).default === legacy, ns.version, dual(), named, dn.named, typeof dn.default);
