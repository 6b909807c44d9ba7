const log: string[] = [];
const k = (s: string) => (log.push("key " + s), s);
class C { [k("a")] = log.push("init a"); static [k("s")] = log.push("init s"); [k("m")]() {} [k("b")]; static { log.push("block"); } static [k("t")] = 1; }
new C();
console.log(log.join("; "), Object.keys(new C()).join());
