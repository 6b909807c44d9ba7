import { a } from "./m.mjs"; import c from "./c.cjs"; console.log(a, typeof require, this === undefined, typeof import.meta.url, (c as any).x); declare const require: any; await null; export {};
