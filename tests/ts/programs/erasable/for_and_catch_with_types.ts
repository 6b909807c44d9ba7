for (const x of [1, 2] as number[]) console.log(x); for (let i: number = 0, j: string = "j"; i < 1; i++) console.log(i, j); for (const k in <any>{ a: 1 }) console.log(k);
try { throw new Error("e"); } catch (e: unknown) { console.log((e as Error).message); } try { throw 1; } catch (e: any) { console.log(e); }
let a: number, { b, c: [d] }: { b: number; c: number[] } = { b: 1, c: [2] }, [e, ...f]: number[] = [3, 4]; a = 5; console.log(a, b, d, e, f.length);
