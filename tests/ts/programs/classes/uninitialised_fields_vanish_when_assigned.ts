// @target: es2020
class B { x: any = 1; constructor() { this.init(); } init() {} }
class D extends B { x: any; z?: number; w!: string; static q: number; override init() { (this as any).z = 5; } }
const d = new D();
console.log(Object.keys(d).join(), d.x, d.z, d.w, "q" in D);
