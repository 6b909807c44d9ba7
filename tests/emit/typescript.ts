enum Color { Red, Green = 'g', Blue = 1 << 2 }
namespace N { export const a = Color.Red; export function f() { return a; } }
export class P { constructor(private readonly x: number, public y = N.f()) {} }
