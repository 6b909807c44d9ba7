// SPDX-License-Identifier: MIT
const a = [1, 2, 3];
a[5000000] = 'far';
console.log(a.length, Object.keys(a).join(), a.indexOf('far'), 4 in a); // expect: 5000001 0,1,2,5000000 5000000 false
a.length = 2;
a[3] = 4;
console.log(JSON.stringify(a), a.length); // expect: [1,2,null,4] 4
Object.defineProperty(a, 1, { get() { return 'got'; }, configurable: true, enumerable: true });
console.log(a.join('|'), a.map(x => x).length, [...a].length); // expect: 1|got||4 4 4
const o = { 4294967294: 'last index', 4294967295: 'no index', 1: 1 };
console.log(Object.keys(o).join()); // expect: 1,4294967294,4294967295
