// SPDX-License-Identifier: MIT
// GetSuperBase comes after the key's expression, before the key is converted and before the right side.
const first = { p: 1, set q(v) { console.log('first', v); } };
const second = { p: -1, set q(v) { console.log('second', v); } };
const obj = {
    __proto__: first,
    compound() { return super[{ toString() { Object.setPrototypeOf(obj, second); return 'p'; } }] += 1; },
    update() { return super[{ toString() { Object.setPrototypeOf(obj, second); return 'p'; } }]++; },
    value() { super.q = Object.setPrototypeOf(obj, second) && 'value'; },
    key() { super[(Object.setPrototypeOf(obj, second), 'q')] = 'key'; },
    none() { Object.setPrototypeOf(obj, null); return super[{ toString() { console.log('not converted'); } }]; },
};
const run = (name) => { Object.setPrototypeOf(obj, first); return obj[name](); };
const methods = { ...obj };
console.log(run('compound')); // => 2
delete obj.p;
console.log(run('update')); // => 1
run('value'); // => first value
run('key'); // => second key
try { Object.setPrototypeOf(obj, first); methods.none.call(obj); } catch (e) { console.log(e.name); } // => TypeError
