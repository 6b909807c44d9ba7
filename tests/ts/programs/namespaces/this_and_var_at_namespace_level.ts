namespace N { var a = 1; if (a) { var b = 2; } function f() { return a + b; } export const r = f(); export const t = typeof a; }
console.log(JSON.stringify(N), typeof (globalThis as any).a);
