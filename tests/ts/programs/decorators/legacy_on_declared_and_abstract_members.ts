// @experimentalDecorators: true
const d = (t: any, k?: any) => { console.log(typeof t, k); }; class A { @d constructor1() {} @d declare a: number; @d b!: string; @d c?: 1; @d static d?: 2; @d get e() { return 1; } set e(v) {} } abstract class B { @d abstract x: number; @d abstract y(): void; } interface I { z: 1 } @d export abstract class C implements I { z: 1 = 1 }
