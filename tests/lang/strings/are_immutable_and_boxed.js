// SPDX-License-Identifier: MIT
const s = 'abc';
s[0] = 'z';
s.extra = 1;
const boxed = new String('abc');
boxed.extra = 1;
console.log(s, s.extra, boxed.extra, boxed == 'abc', boxed === 'abc', Object.keys(new String('ab')).join(), typeof boxed); // => abc undefined 1 true false 0,1 object
