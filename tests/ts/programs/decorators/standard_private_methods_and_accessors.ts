const up = (f: any, c: any) => function (this: any, ...a: any[]) { return c.kind + c.name + f.apply(this, a); };
class C { @up #m() { return "m"; } @up get #g() { return "g"; } @up static #s() { return "s"; } @up static get #sg() { return "sg"; } run() { return [this.#m(), this.#g].join(); } static run() { return [C.#s(), C.#sg].join(); } }
console.log(new C().run(), C.run());
