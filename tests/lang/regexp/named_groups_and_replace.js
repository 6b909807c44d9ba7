// SPDX-License-Identifier: MIT
const m = /(?<y>\d{4})-(?<m>\d\d)/.exec('on 2024-05!');
console.log(m.index, m.groups.y, m.groups.m, m.input, Object.getPrototypeOf(m.groups)); // => 3 2024 05 on 2024-05! null
console.log('2024-05'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y> $$ $& $1'), 'abc'.replace('b', "[$`|$'|$&]"), 'aaa'.replace(/a/g, (x, i) => i)); // => 05/2024 $ 2024-05 2024 a[a|c|b]c 012
