// SPDX-License-Identifier: MIT
console.log(/(a)|b/.exec('b')[1], /(?:(a)|(b))+/.exec('ab').slice(1).join(), /(\w)\1/.exec('xaab')[0], /\k<q>(?<q>x)/.test('x'), /(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac').join()); // => undefined ,b aa true zaacbbbcac,z,ac,a,,c
