// @target: es2021
const d = (v: any, c: any) => (x: any) => (console.log("init", c.name, x), x); class B { set a(v: any) { console.log("setter", v); } } class A extends B { @d a: any; @d b: any; @d static c: any; @d d = 1; } console.log(Object.keys(new A()).join(), Object.keys(A).join());
