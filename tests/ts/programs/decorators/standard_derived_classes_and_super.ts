const d = (f: any, c: any) => function (this: any) { return "<" + f.call(this) + ">"; };
class B { @d m() { return "B"; } @d static s() { return "sB"; } }
class C extends B { @d override m() { return super.m() + "C"; } @d static override s() { return super.s() + "sC"; } }
console.log(new C().m(), C.s());
