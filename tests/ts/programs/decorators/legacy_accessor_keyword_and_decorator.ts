// @experimentalDecorators: true
const d = (t: any, k: string, desc: any) => { const g = desc.get; desc.get = function (this: any) { return g.call(this) + 1; }; };
class C { @d accessor a = 1; @d static accessor s = 5; }
console.log(new C().a, C.s);
