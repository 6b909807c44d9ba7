// @target: es2021
class C { a = 1; #b = this.a + 1; c = this.#b + 1; constructor(public d = 9) { this.a = this.c; } read() { return [this.a, this.#b, this.c, this.d].join(); } }
console.log(new C().read());
