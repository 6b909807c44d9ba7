@((x: any) => { console.log("evaluated", typeof x); }) class A { x = 1 } class B { @((_: any, c: any) => { console.log(c.name); }) declare y: number; @((_: any, c: any) => { console.log(c.name); }) z; }
console.log(Object.keys(new B()).join());
