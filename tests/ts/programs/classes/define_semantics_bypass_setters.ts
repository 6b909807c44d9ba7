// @useDefineForClassFields: true
// @target: es2021
let sets = 0;
class B { set v(x: number) { sets++; } get v() { return -1; } static set s(x: number) { sets += 10; } }
class D extends B { override v = 5; static override s = 6; }
console.log(new D().v, D.s, sets);
