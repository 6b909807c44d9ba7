const a = 1 as number, b = <number>2, c = { x: 1 } as const, d = { y: [1, 2] } satisfies { y: number[] }, e = [1, "a"] as const satisfies readonly unknown[];
let f = ((a as any) as string) + (b as unknown as string);
(f as any) = 9; (<any>f)++; (f satisfies any)--;
console.log(a, b, c.x, d.y.length, e.length, f, (a as any)!.toFixed(1), -(b as number), (a as any, b) as any, typeof (a as any));
