// SPDX-License-Identifier: MIT
const tag = s => s;
const f = () => tag`x`;
console.log(f() === f(), f() === tag`x`, Object.isFrozen(f()), Object.isFrozen(f().raw)); // => true false true true
