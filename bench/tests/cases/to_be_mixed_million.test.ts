// SPDX-License-Identifier: MIT
// A million assertions on strings, objects, properties and results of calls.
interface Item {
    id: number;
    name: string;
}
const items: Item[] = Array.from({ length: 100 }, (_, id) => ({ id, name: 'item ' + (id % 10) }));
const nameOf = (item: Item): string => item.name;

test('a million toBe of several kinds', () => {
    for (let round = 0; round < 2500; round++) {
        for (let i = 0; i < 100; i++) {
            const item = items[i]!;
            expect(item).toBe(items[i]);
            expect(item.id).toBe(i);
            expect(item.name).toBe(items[i % 10]!.name);
            expect(nameOf(item) === 'item 3').toBe(i % 10 === 3);
        }
    }
});
