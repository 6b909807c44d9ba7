// @experimentalDecorators: true
const lib = { pre: "p", dec(this: any, t: any, k: string) { console.log(this === undefined ? "undefined" : this?.pre, k); }, f(n: number) { return (t: any, k: string) => { console.log(n, k); }; } };
class C { @lib.dec a() {} @lib.f(1) b() {} @(lib.dec) c = 1; @(lib["f"](2)) d() {} @((() => (t: any, k: string) => { console.log("made", k); })()) e() {} }
