const seen: any[] = [];
const keep = (_: any, c: any) => { seen.push(c); };
class C { @keep f = 1; @keep #p = 2; @keep m() { return 3; } @keep get g() { return this.#p; } @keep set g(v) { this.#p = v; } @keep accessor a = 5; @keep static #sm() { return 6; } static call() { return C.#sm(); } }
const c = new C();
for (const x of seen) console.log(x.kind, x.name, x.private, x.static, Object.keys(x.access).join(), "get" in x.access ? typeof x.access.get(x.static ? C : c) : "", x.access.has(x.static ? C : c), x.access.has({}));
console.log(C.call());
