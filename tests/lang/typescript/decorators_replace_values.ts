// SPDX-License-Identifier: MIT
function dbl(v: any, c: any) { return function (this: any, ...a: any[]) { return v.apply(this, a) * 2 } } function fi(v: any, c: any) { return (x: number) => x + 10 } function acc(v: any, c: any) { return { get(this: any) { return v.get.call(this) + 100 }, init(x: number) { return x + 1 } } } function cls(v: any, c: any) { return class extends v { extra = 1 } as any } @cls class A { @dbl m() { return 21 } @fi f = 1; @acc accessor a = 5; @fi @fi static s = 3 } const o = new A() as any; console.log(o.m(), o.f, o.a, A.s, o.extra, A.name);

// => 42 11 106 23 1 
