class B { x = 1; y: any = "by"; }
class D extends B { declare x: number; declare readonly y: string; declare static s: number; y2: any; }
const d = new D();
console.log(d.x, d.y, Object.keys(d).join(), "s" in D);
