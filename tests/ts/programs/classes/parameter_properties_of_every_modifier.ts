class P { constructor(public a: number, private b = 2, protected c?: number, readonly d: string = "d", public readonly e = a + b, f = 6) { this.g = f; } g: number; sum() { return this.a + this.b + (this.c ?? 100); } }
const p = new P(1);
console.log(JSON.stringify(p), p.sum(), Object.keys(p).join());
