// @experimentalDecorators: true
// @emitDecoratorMetadata: true
import "reflect-shim";
import type { T } from "./nowhere.js";
import { type U } from "reflect-shim";
const R = Reflect as any, d = (...a: any[]): any => {};
declare class Ghost {} declare namespace GN { class X {} } namespace Real { export class Y {} }
class C<P> { @d t!: T; @d u!: U; @d p!: P; @d ry!: Real.Y; @d self!: C<P>; @d glob!: URL; @d un!: T | null; }
declare class NotThere {}
for (const k of Object.keys(new C())) console.log(k, (R.getMetadata("design:type", C.prototype, k) as any)?.name);
