class B { constructor(public b: string) { log.push("B"); } }
const log: string[] = [];
class D extends B { f = log.push("field"); constructor(public d: string, x = log.push("default")) { log.push("before"); super(d + "!"); log.push("after " + this.d); } }
console.log(JSON.stringify(new D("q")), log.join());
