import data from "./data.json" with { type: "json" }; import legacy from "legacy-cjs"; import { named } from "dual"; console.log(data.k, legacy(1), legacy.version, named);
