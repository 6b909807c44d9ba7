class B { constructor(public n: number) {} }
class D extends B { constructor(readonly m: number) { "use strict"; const k = m * 2; super(k); console.log(this.m); } }
console.log(JSON.stringify(new D(4)));
