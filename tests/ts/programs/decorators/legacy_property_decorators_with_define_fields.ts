// @experimentalDecorators: true
// @target: es2022
function observed(t: any, k: string) { Object.defineProperty(t, k, { get() { return "accessor"; }, set() {} }); }
class C { @observed a = "a"; @observed b!: string; }
const c = new C();
console.log(c.a, c.b, Object.keys(c).join());
