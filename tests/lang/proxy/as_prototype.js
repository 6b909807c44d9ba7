// SPDX-License-Identifier: MIT
const base = new Proxy({}, { get: (t, k, receiver) => (typeof k === 'string' ? `missing ${k} on ${receiver.name}` : undefined), has: () => true });
const o = Object.create(base, { name: { value: 'o' } });
console.log(o.name, o.whatever, 'zzz' in o); // => o missing whatever on o true
