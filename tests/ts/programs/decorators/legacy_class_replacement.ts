// @experimentalDecorators: true
function wrap<T extends new (...a: any[]) => any>(K: T): any { return class extends K { extra = 1; static tag = "wrapped"; }; }
@wrap class C { static make() { return new C(); } v = 2; static s = 3; }
console.log(JSON.stringify(new C()), (C.make() as any).extra, (C as any).tag, C.s);
