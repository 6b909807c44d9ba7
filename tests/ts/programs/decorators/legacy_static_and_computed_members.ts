// @experimentalDecorators: true
const log: any[] = [];
const k = (s: string) => (log.push("key " + s), s);
const d = (t: any, key: any) => { log.push(typeof t + " " + String(key)); };
const sym = Symbol("sym");
class C { @d [k("a")]() {} @d static [k("b")]() {} @d [k("c")] = 1; @d [sym]() {} @d "quoted name"() {} @d 42() {} @d static 7 = 1; }
console.log(log.join("; "));
