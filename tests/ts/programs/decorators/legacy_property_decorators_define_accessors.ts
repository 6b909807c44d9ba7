// @experimentalDecorators: true
// @useDefineForClassFields: false
function observed(t: any, k: string) { const s = Symbol(k); Object.defineProperty(t, k, { get() { return this[s]; }, set(v) { this[s] = v + "?"; } }); }
class C { @observed a = "a"; @observed b!: string; }
const c = new C(); c.b = "b";
console.log(c.a, c.b, Object.keys(c).length);
