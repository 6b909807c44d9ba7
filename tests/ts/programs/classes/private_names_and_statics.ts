class C { #a = 1; static #s = 2; get #g() { return this.#a * 10; } set #g(v) { this.#a = v; } static #m(c: C) { return c.#a; } static run(c: C) { c.#g += 5; c.#a++; return [c.#a, C.#s, C.#m(c), #a in c, #a in ({} as any)].join(); } }
console.log(C.run(new C()));
