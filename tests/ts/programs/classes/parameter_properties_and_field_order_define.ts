// @target: es2022
class P { x = (this as any).a; constructor(public a: number) {} y = this.a; }
const p = new P(5);
console.log(JSON.stringify(p), Object.keys(p).join(), String(p.x), String(p.y));
