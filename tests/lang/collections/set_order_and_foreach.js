// SPDX-License-Identifier: MIT
const s = new Set('hello');
const log = [];
s.forEach((v, k, set) => log.push(v + (v === k) + (set === s)));
s.delete('h');
s.add('h');
console.log([...s].join(''), s.size, log[0], [...s.entries()][0].join()); // => eloh 4 htruetrue e,e
