class C { private _v = 1; get v(): number { return this._v; } set v(x: number | string) { this._v = Number(x); } static get s(): string { return "s"; } }
const c = new C(); c.v = "41"; (c.v as number)++;
console.log(c.v, C.s, JSON.stringify(c));
