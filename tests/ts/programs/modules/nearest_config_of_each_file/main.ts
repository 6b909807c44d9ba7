import { inner } from "./sub/inner.js"; class B { set v(x: any) { console.log("main setter"); } } class D extends B { override v = 1; } new D(); console.log(inner());
