// @experimentalDecorators: true
const d = (n: number) => (t: any, k?: any, i?: any) => { console.log(n, typeof t, String(k), typeof i); }; class A { constructor(@d(1) private x: any, @d(2) ...y: any[]) {} @d(3) static async m(@d(4) a: any) {} @d(5) get [Symbol.toStringTag]() { return ""; } @d(6) ["c" + 1] = 1; @d(7) "q r" = 2; @d(8) 9() {} }
