// SPDX-License-Identifier: MIT
console.log(/(?i:a)b/.test('Ab'), /(?i:a)b/.test('AB'), /(?<y>\d{4})-|(?<y>\d\d)\//.exec('24/').groups.y);

// => true false 24
