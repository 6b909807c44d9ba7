(globalThis as any).Ext = { A: 42 };
declare enum Ext { A }
console.log(Ext.A);
