const t = true as boolean, x = 1;
const a = t ? (x) : (y: number) => y, b = t ? (x: number): number => x : null, c = t ? (x) => x : 5, d = t ? { k: (x) } : [x];
console.log(a as any, b!(2), (c as any)(3), JSON.stringify(d));
