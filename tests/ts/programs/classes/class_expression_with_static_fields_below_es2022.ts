// @target: es2020
const A = class { static n = 1; static f = () => this.n; };
const make = () => class Base { static items: number[] = []; static add(n: number) { this.items.push(n); } };
const X = make(), Y = make();
X.add(1); Y.add(2);
console.log(A.f(), A.name, X.items.join(), Y.items.join(), X.name, (class { static q = 1 }).q);
