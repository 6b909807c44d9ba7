function dec<T extends { new (...args: any[]): {} }>(t: T) { return t; } let C = class { x = 1 } as any; C = dec(C); console.log(C.name, new C().x);
