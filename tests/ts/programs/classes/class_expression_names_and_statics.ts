const A = class { static n = this.name; static x = 1; };
const B = class Inner { static n = Inner.name; m() { return Inner; } };
let C: any; C = class { static q = 2; };
const o = { K: class {}, ["L"]: class { static z = 1; } };
console.log(A.n, A.name, B.n, B.name, new B().m() === B, C.name, o.K.name, o.L.name, (class {}).name === "");
