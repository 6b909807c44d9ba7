class C { a!: number; readonly b: number = 2; static readonly c = 3; private static readonly d: string = "d"; static get() { return C.d; } constructor() { this.init(); } private init() { this.a = 1; } }
let late!: string;
(() => { late = "late"; })();
console.log(JSON.stringify(new C()), C.c, C.get(), late);
