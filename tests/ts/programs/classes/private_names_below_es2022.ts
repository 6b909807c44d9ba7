// @target: es2019
class C { #a = 1; static #s = 2; #m() { return this.#a; } static #t(c: C) { return c.#m() + C.#s; } static run(c: C) { c.#a ??= 3; c.#a **= 2; [c.#a] = [7]; return [c.#a, C.#t(c)].join(); } }
console.log(C.run(new C()));
try { (C as any).run({}); } catch (e) { console.log((e as Error).name); }
