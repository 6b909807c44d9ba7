class Outer { static Inner = class { o = Outer; static self = this; }; m() { return new Outer.Inner().o === Outer; } } console.log(new Outer().m(), Outer.Inner.self === Outer.Inner);
