namespace Outer { export namespace Inner { export const v = 1; export class K { n = 2; } export interface I {} } export const w = 3; }
import Inner = Outer.Inner;
import v = Outer.Inner.v;
import K = Inner.K;
import TypeOnly = Outer.Inner.I;
const t: TypeOnly = {};
console.log(Inner.v, v, new K().n, typeof t);
namespace Uses { import I2 = Outer.Inner; export import W = Outer.w; export const z = I2.v + W; }
console.log(Uses.z, Uses.W, Object.keys(Uses).join());
