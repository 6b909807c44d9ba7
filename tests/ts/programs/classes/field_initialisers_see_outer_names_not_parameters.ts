// @target: es2021
const a = "outer";
class C { x = a; f = () => a; constructor(a: string) { void a; } }
const c = new C("inner");
console.log(c.x, c.f());
