// SPDX-License-Identifier: MIT
import { Other, type Shape } from './other';
const seen: string[] = [];
(Reflect as any).metadata = (key: string, value: any) => (target: any, name?: string) => {
    const text = Array.isArray(value) ? '[' + value.map((v) => v?.name).join() + ']' : value?.name;
    seen.push(`${name ?? target.name} ${key} ${text}`);
};
const d: any = () => {};
const p: any = () => {};
enum Color { Red }
namespace N { export class Inner {} }
@d class A {
    @d a: string = '';
    @d b?: Other;
    @d c!: Shape;
    @d e: number[] = [];
    @d f: N.Inner | null = null;
    @d g: Color = Color.Red;
    @d m(x: boolean, y: () => void, z?: bigint): Promise<void> { return Promise.resolve(); }
    n(@p x: any) {}
    @d get q(): symbol { return Symbol(); }
    @d set r(v: Other) {}
    constructor(readonly other: Other, s: A[]) {}
}
console.log(seen.join('\n'));

// => a design:type String
// => b design:type Other
// => c design:type Object
// => e design:type Array
// => f design:type Inner
// => g design:type Number
// => m design:returntype Promise
// => m design:paramtypes [Boolean,Function,BigInt]
// => m design:type Function
// => n design:returntype undefined
// => n design:paramtypes [Object]
// => n design:type Function
// => q design:paramtypes []
// => q design:type Symbol
// => r design:paramtypes [Other]
// => r design:type Other
// => A design:paramtypes [Other,Array]
