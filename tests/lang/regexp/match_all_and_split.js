// SPDX-License-Identifier: MIT
console.log([...'a1b22'.matchAll(/[a-z](\d+)/g)].map(m => m[1] + '@' + m.index).join(), 'a1b2c'.split(/(\d)/).join('|'), 'abc'.split('').length, 'a,b,c'.split(',', 2).join('|'), ''.split('x').length, ''.split('').length); // => 1@0,22@2 a|1|b|2|c 3 a|b 1 0
try {
    'x'.matchAll(/x/);
} catch (e) {
    console.log(e.message); // => String.prototype.matchAll called with a non-global RegExp argument
}
