const log: any[] = [];
class C { static a = log.push("a"); static { var x = 1; let y = 2; log.push(x + y, this === C); } static b = log.push("b"); static { const x = "again"; log.push(x, typeof arguments0); } }
declare const arguments0: any;
console.log(log.join(), typeof (globalThis as any).x);
