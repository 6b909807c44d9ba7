class C { [key: string]: any; static [key: string]: any; readonly [n: number]: string; m?(): void; n?: number = 3; "q-r"?: string; 12?: number = 1; }
console.log(Object.keys(new C()).join(), Object.getOwnPropertyNames(C.prototype).join());
