const log: string[] = [];
const k = (s: string) => (log.push("key " + s), s), d = (s: string) => (log.push("dec " + s), (_: any, c: any) => { log.push("apply " + String(c.name)); });
class C { @d("1") [k("a")]() {} @d("2") static [k("b")] = log.push("init b"); @d("3") [k("c")] = log.push("init c"); @d("4") accessor [k("e")] = 1; @d("5") [Symbol.iterator]() {} }
new C();
console.log(log.join("; "));
