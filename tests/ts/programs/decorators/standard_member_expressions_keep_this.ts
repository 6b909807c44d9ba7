const lib = { tag: "lib", dec(this: any, _: any, c: any) { console.log(this?.tag, c.name); }, make(t: string) { return (_: any, c: any) => { console.log(t, c.name); }; }, deep: { tag: "deep", dec(this: any, _: any, c: any) { console.log(this?.tag, c.kind); } } };
class C { @lib.dec a() {} @lib.make("made") b() {} @lib.deep.dec c = 1; @(lib["dec"]) d() {} @(lib.dec.bind({ tag: "bound" })) e() {} }
