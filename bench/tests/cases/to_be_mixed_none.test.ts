// SPDX-License-Identifier: MIT
// The loop of to_be_mixed_million.test.ts with plain comparisons in place of its assertions.
interface Item {
    id: number;
    name: string;
}
const items: Item[] = Array.from({ length: 100 }, (_, id) => ({ id, name: 'item ' + (id % 10) }));
const nameOf = (item: Item): string => item.name;
let kept = 0;

test('no toBe', () => {
    for (let round = 0; round < 2500; round++) {
        for (let i = 0; i < 100; i++) {
            const item = items[i]!;
            kept = item === items[i] ? kept + 1 : kept;
            kept = item.id === i ? kept + 1 : kept;
            kept = item.name === items[i % 10]!.name ? kept + 1 : kept;
            kept = (nameOf(item) === 'item 3') === (i % 10 === 3) ? kept + 1 : kept;
        }
    }
});
