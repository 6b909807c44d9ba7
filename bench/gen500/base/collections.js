// SPDX-License-Identifier: MIT
export function groupBy(items, key) {
    const groups = new Map();
    for (const item of items) {
        const k = key(item);
        const group = groups.get(k);
        if (group) group.push(item);
        else groups.set(k, [item]);
    }
    return groups;
}

export const countBy = (items, key) =>
    [...items].reduce((counts, item) => counts.set(key(item), (counts.get(key(item)) ?? 0) + 1), new Map());

export const sum = (items, of = x => x) => items.reduce((total, item) => total + of(item), 0);

export const sortBy = (items, ...keys) =>
    [...items].sort((a, b) => {
        for (const key of keys) {
            const [x, y] = [key(a), key(b)];
            if (x < y) return -1;
            if (x > y) return 1;
        }
        return 0;
    });

export function partition(items, test) {
    const yes = [];
    const no = [];
    for (const item of items) (test(item) ? yes : no).push(item);
    return [yes, no];
}

export const unique = items => [...new Set(items)];
export const union = (...sets) => new Set(sets.flatMap(s => [...s]));
export const intersection = (a, b) => new Set([...a].filter(x => b.has(x)));
export const pick = (object, ...keys) => Object.fromEntries(keys.filter(k => k in object).map(k => [k, object[k]]));
export const omit = (object, ...keys) => {
    const { ...rest } = object;
    for (const key of keys) delete rest[key];
    return rest;
};
export const invert = object => Object.fromEntries(Object.entries(object).map(([k, v]) => [v, k]));
