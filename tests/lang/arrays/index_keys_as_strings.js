// SPDX-License-Identifier: MIT
const a = ['x', 'y'];
a['1'] = 'z';
a['01'] = 'not';
a[-1] = 'neg';
console.log(a.join(), a.length, a['0'], Object.keys(a).join()); // => x,z 2 x 0,1,01,-1
