// @experimentalDecorators: true
// @emitDecoratorMetadata: true
import "reflect-shim";
import legacy from "legacy-cjs"; import { Fragment as Box2, Element as Box } from "react";
const R = Reflect as any, d = (...a: any[]): any => {};
class C { constructor(@d b: Box) {} @d m(x: legacy.Box): Box { return null!; } }
console.log(R.getMetadata("design:paramtypes", C)[0].name, R.getMetadata("design:returntype", C.prototype, "m").name, R.getMetadata("design:paramtypes", C.prototype, "m")[0].name);
