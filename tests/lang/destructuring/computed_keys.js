// SPDX-License-Identifier: MIT
let n = 0;
const key = () => 'k' + n++;
const { [key()]: a, [key()]: b } = { k0: 'zero', k1: 'one' };
console.log(a, b); // => zero one
