// @target: es2021
class C { static a = 1; static b = C.a + 1; static c = this.b + 1; static d = () => this.c; static { this.a = 10; } static f = C.a; static x: number; }
console.log(C.a, C.b, C.c, C.d(), C.f, Object.keys(C).join());
