// @experimentalDecorators: true
function twice(t: any, k: string, d: PropertyDescriptor) { const f = d.value; d.value = function (this: any, ...a: any[]) { return f.apply(this, a) * 2; }; }
function fixed(t: any, k: string, d: PropertyDescriptor): any { return { ...d, value: () => 42, enumerable: true }; }
function getter(t: any, k: string, d: PropertyDescriptor) { const g = d.get!; d.get = function (this: any) { return g.call(this) + "!"; }; }
class C { @twice m(n: number) { return n; } @fixed k() { return 1; } @getter get g() { return "g"; } @twice static s(n: number) { return n + 1; } }
const c = new C();
console.log(c.m(4), c.k(), c.g, C.s(1), Object.keys(C.prototype).join());
