// SPDX-License-Identifier: MIT
const o = Object.create({ inherited: 1 }, { own: { value: undefined } });
console.log('own' in o, 'inherited' in o, Object.hasOwn(o, 'inherited'), 0 in ['x'], 1 in ['x']); // => true true false true false
try {
    'a' in 'abc';
} catch (e) {
    console.log(e.message); // => Cannot use 'in' operator to search for 'a' in abc
}
