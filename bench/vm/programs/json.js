// SPDX-License-Identifier: MIT
// JSON: parse and stringify of records, with indent, replacer and reviver.
const print = globalThis.console ? console.log : globalThis.print;

const data = [];
for (let i = 0; i < 2000; i++)
    data.push({
        id: i,
        name: `item "${i}" \u00e9\n`,
        price: i * 1.25,
        tags: ['a', 'b' + (i % 5), null],
        nested: { ok: i % 2 === 0, when: `2024-01-${10 + (i % 20)}T00:00:00Z`, list: [1, 2.5, -3e5, i] },
    });
let check = 0;
let text = '';
for (let round = 0; round < 70; round++) {
    data[0].id = round;
    text = JSON.stringify(data);
    const back = JSON.parse(text);
    check += text.length + back.length + back[round].nested.list[3] + back[1].name.length;
}
const indented = JSON.stringify(data, null, 2);
const picked = JSON.stringify(data, ['id', 'price']);
const replaced = JSON.stringify(data, (k, v) => (typeof v === 'number' ? Math.round(v) : v));
const revived = JSON.parse(text, (k, v) => (k === 'when' ? v.length : v));
check += indented.length + picked.length + replaced.length + revived[3].nested.when;
print('json', check, picked.slice(0, 40));
