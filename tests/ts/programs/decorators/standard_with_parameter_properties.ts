const d = (_: any, c: any) => function (this: any, v: any) { return `${v}:${this.p}`; };
class C { @d a = "a"; constructor(public p: string) {} @d b = "b"; }
const c = new C("p");
console.log(c.a, c.b, c.p);
