class B { set v(x: number) { console.log("setter", x); } } class D extends B { override v = 1; } new D(); console.log("done");
