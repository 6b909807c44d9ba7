const enum Kind { A = "a", B = "b" }
function f(k: Kind) { switch (k) { case Kind.A: return 1; case Kind.B: return 2; } }
console.log(f(Kind.A), f(Kind.B));
