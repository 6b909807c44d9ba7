// @experimentalDecorators: true
// @emitDecoratorMetadata: true
import "reflect-shim";
const R = Reflect as any, d = (...a: any[]): any => {};
class A {} class B<T> { v!: T }
@d class C { constructor(a: A, public b: B<string>, private c?: number, ...r: string[]) {} @d m(a: A, b: string | undefined): Promise<void> { return null!; } @d n(@d x: number) {} @d get g(): Date { return null!; } @d set h(v: RegExp) {} @d static s(a: number[], { x }: { x: 1 }, [y]: [1], z = 5, q?: A): string { return ""; } @d async as() {} @d opt(a?: A): A | null { return null; } @d pr(): asserts this {} @d is(x: any): x is string { return true; } @d gen(): Generator<number> { return null!; } }
const show = (x: any): any => Array.isArray(x) ? "[" + x.map(show).join() + "]" : x === undefined ? "undefined" : x.name;
console.log(show(R.getMetadata("design:paramtypes", C)), R.getMetadataKeys(C).join());
for (const k of ["m", "n", "g", "h", "as", "opt", "pr", "is", "gen"]) console.log(k, ["design:type", "design:paramtypes", "design:returntype"].map((n) => n.slice(7) + "=" + (R.getMetadataKeys(C.prototype, k).includes(n) ? show(R.getMetadata(n, C.prototype, k)) : "-")).join(" "), R.getMetadataKeys(C.prototype, k).join());
console.log(show(R.getMetadata("design:paramtypes", C, "s")), show(R.getMetadata("design:returntype", C, "s")));
