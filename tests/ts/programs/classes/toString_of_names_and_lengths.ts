class C { m(a: number, b?: string, c = 1) {} static s<T>(x: T): T { return x; } get g(): number { return 1; } }
console.log(C.prototype.m.length, C.s.length, C.prototype.m.name, C.s.name, Object.getOwnPropertyDescriptor(C.prototype, "g")!.get!.name, C.name, C.length);
