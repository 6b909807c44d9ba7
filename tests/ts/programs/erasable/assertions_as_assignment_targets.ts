let x: any = 1, o: any = { p: 1, q: { r: 2 } };
(x as number) += 4; (o.p as any)++; (o!.q!.r as number) **= 3; [(x as any), o!.p] = [o.p, x]; ({ a: (x as number), b: o.q! } = { a: 8, b: 9 });
for ((x as any) of [1, 2]); for (o.p as any in { k: 1 });
console.log(x, JSON.stringify(o));
