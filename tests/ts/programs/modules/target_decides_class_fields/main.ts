class B { set v(x: any) { console.log("setter"); } } class D extends B { override v = 1; } new D(); import "./esnext/e.js";
