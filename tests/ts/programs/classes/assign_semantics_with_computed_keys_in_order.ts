// @useDefineForClassFields: false
const log: string[] = [];
const k = (s: string) => (log.push("key " + s), s);
class C { [k("a")] = log.push("init a"); static [k("s")] = log.push("init s"); [k("m")]() {} [k("b")] = log.push("init b"); static { log.push("block"); } }
new C();
console.log(log.join("; "));
