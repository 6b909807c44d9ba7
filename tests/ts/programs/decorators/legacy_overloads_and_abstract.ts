// @experimentalDecorators: true
// @emitDecoratorMetadata: true
import "reflect-shim";
const d = (t: any, k: string): any => { console.log(k, (Reflect as any).getMetadata("design:paramtypes", t, k)?.map((x: any) => x?.name).join()); };
abstract class C { m(a: string): void; m(a: number): void; @d m(a: any) {} @d abstract q: string; @d protected async r(a: Date) {} }
