// SPDX-License-Identifier: MIT
const m = new Map([[NaN, 'nan'], [0, 'zero'], ['0', 'string']]);
m.set(-0, 'minus');
m.set('a', 1).set('a', 2);
console.log(m.get(NaN), m.get(0), m.size, [...m.keys()].map(String).join(), Object.is([...m.keys()][1], 0)); // => nan minus 4 NaN,0,0,a true
m.delete('0');
m.set('0', 'again');
console.log([...m].map(([k, v]) => `${k}:${v}`).join()); // => NaN:nan,0:minus,a:2,0:again
