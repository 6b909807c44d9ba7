function bound(f: any, c: ClassMethodDecoratorContext) { c.addInitializer(function (this: any) { this[c.name] = this[c.name].bind(this); }); }
function twice(f: any, c: any) { return function (this: any, ...a: any[]) { return f.apply(this, a) + f.apply(this, a); }; }
class C { x = 5; @bound @twice m() { return this.x; } @twice static s(n: number) { return n; } }
const { m } = new C();
console.log(m(), C.s(4), C.prototype.hasOwnProperty("m"));
