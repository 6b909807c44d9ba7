// SPDX-License-Identifier: MIT
const n = 2;
console.log(`a${`b${`c${n}`}`}`, `line
two`.length, `\
`.length, `$ {n} $${n} \${n}`);

// => abc2 8 0 $ {n} $2 ${n}
