// SPDX-License-Identifier: MIT
const o = {};
Object.defineProperty(o, 'x', { value: 1 });
o.x = 2;
console.log(o.x, Object.keys(o).length, JSON.stringify(Object.getOwnPropertyDescriptor(o, 'x'))); // => 1 0 {"value":1,"writable":false,"enumerable":false,"configurable":false}
try {
    Object.defineProperty(o, 'x', { value: 2 });
} catch (e) {
    console.log(e.message); // => Cannot redefine property: x
}
