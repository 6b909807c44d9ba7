// SPDX-License-Identifier: MIT
const p = new Proxy({}, {
    ownKeys: () => ['b', 'a', Symbol.for('s')],
    getOwnPropertyDescriptor: (t, k) => ({ value: k, enumerable: k !== 'a', configurable: true }),
    get: (t, k) => 'v:' + String(k),
});
console.log(Object.keys(p).join(), Reflect.ownKeys(p).length, JSON.stringify({ ...p }), JSON.stringify(p)); // => b 3 {"b":"v:b"} {"b":"v:b"}
const seen = [];
for (const k in p) seen.push(k);
console.log(seen.join()); // => b
