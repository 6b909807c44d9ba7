import f from "./f.cjs"; import C from "./c.cjs"; import e from "./e.cjs"; import a from "./a.cjs";
console.log(f(), f.name, new C().v, C.name, e, a.name, a());
