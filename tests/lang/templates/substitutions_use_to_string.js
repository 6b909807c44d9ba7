// SPDX-License-Identifier: MIT
const o = { toString: () => 'S', valueOf: () => 'V' };
console.log(`${o}`, o + '', `${[1, [2, 3]]}`, `${null} ${undefined} ${-0}`, `${{}}`); // => S V 1,2,3 null undefined 0 [object Object]
try {
    `${Symbol('s')}`;
} catch (e) {
    console.log(e.message); // => Cannot convert a Symbol value to a string
}
