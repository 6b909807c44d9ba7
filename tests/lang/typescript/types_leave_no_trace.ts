// SPDX-License-Identifier: MIT
interface I {
    a: number;
}
type Fn = <T extends I>(x: T, ...rest: unknown[]) => x is T & { b: string };
declare const nothing: Fn;
declare global {
    var g: number;
}
declare module 'none' {
    export const x: number;
}
abstract class Abs<T = string> implements I {
    a = 1;
    declare b: T;
    abstract m(): void;
    x!: number;
    constructor(this_?: any) {}
    over(a: string): string;
    over(a: number): string;
    over(a: unknown) {
        return `over ${a}`;
    }
}
class Real extends Abs<number> {
    m(this: Real): asserts this is Real {}
}
const v = { a: 1 } as const satisfies I;
const n = <any>5;
console.log(new Real().over(v!.a), (n as number)!.toFixed(1), typeof nothing, Object.keys(new Real()).join());

// => over 1 5.0 undefined a,x
