const add = (n: number) => (_: undefined, c: ClassFieldDecoratorContext) => { return function (this: any, v: any) { return `${v}+${n}${c.name as string}`; }; };
class C { @add(1) @add(2) a = "a"; @add(3) b: any; @add(4) static s = "s"; @add(5) ["comp" + 1] = 0; @add(6) #p = "p"; get p() { return this.#p; } }
const c = new C() as any;
console.log(c.a, c.b, C.s, c.comp1, c.p);
