const log: string[] = [];
const m = (f: any, c: any) => { c.addInitializer(function (this: any) { log.push(`${c.kind} ${String(c.name)} ${Object.keys(this).join("")}`); }); };
class B { constructor() { log.push("B"); } }
class C extends B { @m a = (log.push("a"), 1); @m k() {} @m b = (log.push("b"), 2); @m static s = (log.push("s"), 3); @m static t() {} constructor() { log.push("before"); super(); log.push("after"); } }
new C();
console.log(log.join("; "));
