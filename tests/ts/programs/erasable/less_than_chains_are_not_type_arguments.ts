const a = 1, b = 5, c = 3; const f = (...x: any[]) => x.join("|");
console.log(f(a < b, b > c), a < b, (a < b) as any > (c as any), a << 2 >> 1 >>> 0);
try { console.log(f(a < c, c > (2))); } catch (e) { console.log((e as Error).message); }
