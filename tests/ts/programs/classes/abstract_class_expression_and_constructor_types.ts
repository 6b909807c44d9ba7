abstract class A { abstract m(): number; k() { return this.m(); } };
const D = class extends A { m() { return 5; } };
type Ctor = abstract new (...a: any) => any;
const list: Ctor[] = [A, D];
console.log(new D().k(), A.name, list.length);
