// @experimentalDecorators: true
let order: string[] = []; const d = (s: string) => { order.push("e" + s); return (...a: any[]) => { order.push("a" + s); }; }; @d("C") class A { @d("m1") @d("m2") m(@d("p1") @d("p2") a: any, @d("p3") b: any) {} constructor(@d("cp") x: any) { } @d("s") static s = order.push("init s"); @d("i") i = 1; static { order.push("block"); } } console.log(order.join());
