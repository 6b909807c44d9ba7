class C { static a = 1; static b = C.a + 1; static c = this.b + 1; static d = () => this.c; static e = super.toString === Function.prototype.toString; static { this.a = 10; } static f = C.a; }
console.log(C.a, C.b, C.c, C.d(), C.e, C.f);
