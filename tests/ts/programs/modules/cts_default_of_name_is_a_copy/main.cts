import d, { bump, v } from "./m.cjs"; bump(); console.log(d, v);
