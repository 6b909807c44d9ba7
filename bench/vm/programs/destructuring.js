// SPDX-License-Identifier: MIT
// Destructuring, spread, rest, defaults and template literals.
const print = globalThis.console ? console.log : globalThis.print;

let check = 0;
let a = 1;
let b = 2;
for (let i = 0; i < 700000; i++) {
    [a, b] = [b, (a + b) & 1023];
    check = (check + a) | 0;
}
const area = ({ size: { w, h = 2 } = {}, scale = 1, ...rest }) => w * h * scale + Object.keys(rest).length;
for (let i = 0; i < 200000; i++) {
    check += area({ size: { w: i & 7 }, name: 'x' });
    check += area({ size: { w: 1, h: i & 3 }, scale: 2, p: 1, q: 2 });
}
const sum = (first, ...others) => others.reduce((x, y) => x + y, first);
for (let i = 0; i < 200000; i++) {
    const list = [i & 1, 2, 3];
    check += sum(...list, ...[4, i & 7]);
    const [head, , third = 9, ...tail] = [...list, i];
    check += head + third + tail.length;
}
let state = { count: 0, items: [], user: { name: 'u', level: 1 } };
for (let i = 0; i < 150000; i++) {
    state = { ...state, count: state.count + 1, user: { ...state.user, level: i & 15 } };
    if (i % 100 === 0) state = { ...state, items: [...state.items.slice(-20), i] };
}
for (const [key, { length }] of Object.entries({ one: 'a', two: 'bb', three: 'ccc' })) check += key.length * length;
for (let i = 0; i < 150000; i++) {
    const point = { x: i, y: 1, label: 'p' };
    const { x, y: renamed, z: { length } = 'abc', ['label']: l } = point;
    check = (check + x + renamed + length + l.length) | 0;
}
print('destructuring', check, state.count, state.items.length, state.user.level);
