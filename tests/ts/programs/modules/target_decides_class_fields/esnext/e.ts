class B { set v(x: any) { console.log("esnext setter"); } } class D extends B { override v = 1; } new D(); console.log("esnext done");
