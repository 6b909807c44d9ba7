(globalThis as any).Ext = { A: 7 };
declare const enum Ext { A = 7 }
console.log(Ext.A);
