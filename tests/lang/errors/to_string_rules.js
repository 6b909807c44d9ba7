// SPDX-License-Identifier: MIT
const f = (name, message) => Error.prototype.toString.call({ name, message });
console.log(f(undefined, 'm'), f('N', ''), f('', 'm'), f('N', 'm'), f('', '') === ''); // => Error: m N m N: m true
