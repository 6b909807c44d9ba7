// SPDX-License-Identifier: MIT
function assert(x: unknown, m?: string): asserts x {
    if (!x) throw new Error(m);
}
const o: { a?: { b: number } } = { a: { b: 1 } };
assert(o.a);
console.log(o.a!.b, o!.a!['b']!, (o.a as { b: number }).b);
o.a!.b++;
(o.a as any).c = 5;
[o.a!.b] = [9];
console.log(JSON.stringify(o));

// => 1 1 1
// => {"a":{"b":9,"c":5}}
