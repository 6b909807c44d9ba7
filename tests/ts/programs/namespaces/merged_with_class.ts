class C { static s = 1; m() { return C.helper(this); } }
namespace C { export function helper(c: C) { return c instanceof C; } export class Inner extends C {} export const t = C.s + 1; }
console.log(new C().m(), new C.Inner().m(), C.t, Object.keys(C).join());
