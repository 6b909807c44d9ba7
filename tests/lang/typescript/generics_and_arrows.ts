// SPDX-License-Identifier: MIT
const id = <T,>(x: T): T => x;
const pair = async <A, B = A>(a: A, b?: B): Promise<[A, B?]> => [a, b];
function first<T>(list: readonly T[]): T | undefined {
    return list[0];
}
const less = (a: number, b: number) => a < b;
const call = id<number>(3);
const chained = new Map<string, Array<number>>([['k', [1]]]);
console.log(call, first<string>(['f']), less(1, 2), chained.get('k')?.length, id<<T>(x: T) => T>(y => y)(4));
pair(1).then(p => console.log(p.length));

// => 3 f true 1 4
// => 2
