// @target: es2020
class B { args: any[]; constructor(...a: any[]) { this.args = a; } }
class D extends B { x = 1; y = this.args.length; }
console.log(JSON.stringify(new D(1, 2, 3)));
