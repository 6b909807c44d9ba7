class O { constructor(a: string); constructor(a: number); constructor(public a: any) {} m(): void; m(a: number): number; m(a?: any) { return a; } static s(a: 1): 1; static s(a: any) { return a; } get(): 1; get() { return 1 as const; } "q"(): 1; "q"() { return 1 as const; } [Symbol.iterator](): any; *[Symbol.iterator]() { yield 7; } }
const o = new O(3);
console.log(o.a, o.m(4), O.s(1), o.get(), o.q(), [...(o as any)].join(), Object.getOwnPropertyNames(O.prototype).join());
