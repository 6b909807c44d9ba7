class B { t = new.target === undefined; k: string; constructor() { this.k = new.target.name; } }
class D extends B {}
console.log(JSON.stringify(new B()), JSON.stringify(new D()));
