// SPDX-License-Identifier: MIT
const o = {};
o[1] = 'int';
o['1'] = 'string';
o[1.5] = 'frac';
o[-0] = 'zero';
o[1e21] = 'big';
console.log(JSON.stringify(o)); // => {"0":"zero","1":"string","1.5":"frac","1e+21":"big"}
