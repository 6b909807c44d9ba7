function wrap<T extends new (...a: any[]) => any>(K: T, c: ClassDecoratorContext) { c.addInitializer(function (this: any) { this.inited = c.name; }); return class extends K { extra = "extra"; static made = "made"; } as any; }
@wrap class C { static self = () => C; static s = typeof C; v = 1; }
const x = new C() as any;
console.log(x.extra, x.v, (C as any).made, C.self() === C, (C as any).inited, C.s, C.name);
