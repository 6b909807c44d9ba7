class C { n = 0; add(this: this, k: number): this { this.n += k; return this; } static from(this: typeof C) { return new this(); } is(): this is C { return true; } }
function f(this: { z: number }, a: number) { return this.z + a; }
const g = function (this: void) { return typeof this; };
console.log(C.from().add(1).add(2).n, f.call({ z: 1 }, 2), f.length, g.call(undefined), new C().is());
