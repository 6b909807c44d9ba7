// SPDX-License-Identifier: MIT
// Map, Set and WeakMap: counting, grouping, deduplication, iteration in insertion order, deletion, object and string keys.
// Integer keys are kept few: QuickJS-ng's hash of them collides, and one weakness must not decide a mean.
const print = globalThis.console ? console.log : globalThis.print;

const counts = new Map();
for (let i = 0; i < 60000; i++) {
    const k = i % 503;
    counts.set(k, (counts.get(k) ?? 0) + 1);
}
const byName = new Map();
for (let i = 0; i < 900000; i++) {
    const k = 'key' + (i % 2003);
    if (!byName.has(k)) byName.set(k, []);
    byName.get(k).push(i);
}
let check = 0;
for (const [k, v] of counts) check = (check + k * v) % 1000003;
byName.forEach((list, k) => (check += list.length + k.length));

const words = Array.from({ length: 9000 }, (_, i) => `w${(i * 7919) % 9001}`);
let order = 0;
let first = '';
for (let round = 0; round < 12; round++) {
    const seen = new Set();
    for (const w of words) seen.add(w);
    for (let i = round; i < words.length; i += 2) seen.delete(words[i]);
    for (const w of words.slice(0, 500)) seen.add(w);
    for (const x of seen) {
        first ||= x;
        order = (Math.imul(order, 31) + x.length) | 0;
    }
    order += seen.size;
}

const objects = Array.from({ length: 5000 }, (_, i) => ({ i }));
const marks = new WeakMap();
const owners = new Map();
for (let round = 0; round < 100; round++)
    for (const o of objects) {
        marks.set(o, (marks.get(o) ?? 0) + round);
        owners.set(o, round);
    }
for (const o of objects) check += marks.get(o) + owners.get(o);
const united = new Set(words.slice(0, 1000).concat([...byName.keys()].slice(0, 1000)));
print('collections', check, first, order, united.size, [...counts].length, owners.size);
