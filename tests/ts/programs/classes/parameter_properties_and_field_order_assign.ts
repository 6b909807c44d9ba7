// @target: es2021
class P { x = (this as any).a; constructor(public a: number) {} y = this.a; z: number; }
const p = new P(5);
console.log(JSON.stringify(p), Object.keys(p).join(), "z" in p);
