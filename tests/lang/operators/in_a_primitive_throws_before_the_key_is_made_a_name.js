// SPDX-License-Identifier: MIT
const key = { toString() { console.log('never'); return 'x'; } };
try {
    key in 1;
} catch (e) {
    console.log(e.message); // => Cannot use 'in' operator to search for '[object Object]' in 1
}
try {
    ({}) in 'abc';
} catch (e) {
    console.log(e.message); // => Cannot use 'in' operator to search for '#<Object>' in abc
}
const frozen = Object.freeze({ m() { 'use strict'; super.x = 1; } });
const shut = { __proto__: { get x() { return 1; } }, m() { 'use strict'; super.x = 1; } };
for (const o of [frozen, shut])
    try {
        o.m();
    } catch (e) {
        console.log(e.message);
    }
// => Cannot add property x, object is not extensible
// => Cannot set property x of #<Object> which has only a getter
