class C { accessor a = 1; static accessor s = "s"; accessor #p = 3; accessor u: number | undefined; readP() { return ++this.#p; } accessor ["k" + 1] = 5; }
const c = new C(); c.a++; C.s += "!";
console.log(c.a, C.s, c.readP(), c.u, (c as any).k1, Object.keys(c).length, Object.getOwnPropertyNames(C.prototype).join());
