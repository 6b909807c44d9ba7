const log: string[] = [];
const d = (name: string) => { log.push("eval " + name); return (v: any, c: any) => { log.push(`apply ${name} ${c.kind} ${String(c.name)} ${c.static}`); }; };
@d("class1") @d("class2")
class C { @d("m1") @d("m2") m() {} @d("static") static s() {} @d("field") f = 1; @d("sfield") static sf = 2; @d("get") get g() { return 1; } @d("set") set g(v) {} @d("acc") accessor a = 1; @d("sacc") static accessor sa = 1; }
console.log(log.join("\n"));
