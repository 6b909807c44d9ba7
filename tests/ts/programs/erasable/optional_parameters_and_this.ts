function f(this: any, a?: number, b: string = "b", { c, d = 4 }: { c?: number; d?: number } = {}, [e]: number[] = [5], ...r: string[]): string { return [a, b, c, d, e, r.length].join(); }
console.log(f(), f(1, "x", { c: 3 }, [6], "r"), f.length);
