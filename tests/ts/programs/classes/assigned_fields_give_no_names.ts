// @target: es2021
const f = () => "k"; class C { static [f()] = 1; [f()] = 2; static x = class { y = this; }; z = class Q { static w = 1; }; ["a" + 1] = () => 1; 'q r' = () => 2; 5 = function () {}; } const c = new C() as any; console.log(C.x.name, c.z.name, c.a1.name, c["q r"].name, c[5].name, JSON.stringify(c));
