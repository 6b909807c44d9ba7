class C { constructor(public a: number, public b = 1, ...rest: number[]) { console.log(arguments.length, rest.length, C.length); } }
new C(1); new C(1, 2, 3, 4);
