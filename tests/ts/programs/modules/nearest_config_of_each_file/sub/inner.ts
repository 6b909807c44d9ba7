class B { set v(x: any) { console.log("inner setter"); } } class D extends B { override v = 1; } export const inner = () => { new D(); return "inner"; };
