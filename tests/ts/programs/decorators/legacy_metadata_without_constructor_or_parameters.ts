// @experimentalDecorators: true
// @emitDecoratorMetadata: true
import "reflect-shim";
const R = Reflect as any, d = (...a: any[]): any => {};
@d class A {} class B2 { constructor(x: string) {} } @d class B extends B2 {} @d class C { constructor() {} } class E { constructor(@d x: number, y: string) {} }
for (const K of [A, B, C, E]) console.log(K.name, R.getMetadataKeys(K).join(), (R.getMetadata("design:paramtypes", K) as any)?.map((x: any) => x.name).join());
