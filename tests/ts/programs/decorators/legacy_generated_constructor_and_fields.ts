// @experimentalDecorators: true
// @target: es2020
const inject = (t: any, k: any, i: number) => { (t.deps ??= [])[i] = true; };
class C { x = 1; constructor(@inject private a: string, readonly b = 2) { this.x += b; } y = this.a + "y"; static deps: any; }
console.log(JSON.stringify(new C("a")), JSON.stringify(C.deps));
