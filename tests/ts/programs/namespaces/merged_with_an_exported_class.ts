namespace N { export class A { static x = 1 } export namespace A { export const y = x1(); } function x1() { return A.x } } console.log(N.A.y, Object.keys(N).join());
