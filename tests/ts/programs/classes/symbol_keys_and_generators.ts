const s = Symbol("s");
class C { [s] = 1; static [s] = 2; get [Symbol.toStringTag]() { return "Tag"; } *[Symbol.iterator]() { yield* [1, 2]; } async *ag() { yield 1; } static async am() { return this[s]; } }
console.log(new C()[s], C[s], String(new C()), [...new C()].join());
C.am().then(console.log);
