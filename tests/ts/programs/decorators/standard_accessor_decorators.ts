function logged({ get, set }: any, c: any) { return { get(this: any) { return get.call(this) + "g"; }, set(this: any, v: any) { set.call(this, v + "s"); }, init(this: any, v: any) { return v + "i"; } }; }
class C { @logged accessor a = "a"; @logged static accessor s = "s"; @logged accessor #p = "p"; p() { this.#p = "q"; return this.#p; } @logged accessor n: any; }
const c = new C(); const first = c.a; c.a = "b";
console.log(first, c.a, C.s, c.p(), c.n);
