(Symbol as any).metadata ??= Symbol("Symbol.metadata");
const meta = (k: string, v: any) => (_: any, c: any) => { (c.metadata as any)[k] = v; };
@meta("cls", 1) class B { @meta("m", 2) m() {} @meta("f", 3) f = 1; }
class D extends B { @meta("m", 4) override m() {} @meta("own", 5) static s = 1; }
const b = (B as any)[(Symbol as any).metadata], d = (D as any)[(Symbol as any).metadata];
console.log(JSON.stringify(b), JSON.stringify(d), Object.getPrototypeOf(d) === b, d.f, Object.getPrototypeOf(b));
