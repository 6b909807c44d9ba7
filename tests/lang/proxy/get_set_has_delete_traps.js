// SPDX-License-Identifier: MIT
const log = [];
const p = new Proxy({ a: 1 }, {
    get: (t, k, r) => (log.push('get ' + String(k)), Reflect.get(t, k, r)),
    set: (t, k, v, r) => (log.push(`set ${k}=${v}`), Reflect.set(t, k, v, r)),
    has: (t, k) => (log.push('has ' + k), k in t),
    deleteProperty: (t, k) => (log.push('delete ' + k), delete t[k]),
});
p.b = p.a + 1;
'a' in p;
delete p.a;
p.b++;
console.log(log.join(', ')); // => get a, set b=2, has a, delete a, get b, set b=3
