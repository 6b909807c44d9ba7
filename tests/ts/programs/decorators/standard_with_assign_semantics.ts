// @target: es2021
const d = (_: any, c: any) => (v: any) => v + 1;
class C { @d a = 1; b = this.a; @d static s = 5; accessor x = 7; }
const c = new C();
console.log(c.a, c.b, C.s, c.x, Object.keys(c).join());
