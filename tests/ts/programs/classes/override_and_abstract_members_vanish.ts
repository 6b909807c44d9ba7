abstract class A { abstract a: number; abstract get b(): string; abstract m(): void; abstract accessor z: number; protected abstract readonly q: string; c = 1; }
class D extends A { override a = 2; override get b() { return "b"; } override m() {} accessor z = 4; protected override readonly q = "q"; static override name = "Renamed"; }
const d = new D();
console.log(Object.keys(d).join(), d.b, d.z, D.name, Object.getOwnPropertyNames(A.prototype).join(), Object.keys(new (A as any)()).join());
