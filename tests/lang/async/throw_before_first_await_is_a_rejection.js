// SPDX-License-Identifier: MIT
async function f(a = (() => { throw new Error('param'); })()) {}
f().catch(e => console.log('rejected', e.message));
console.log('sync');

// => sync
// => rejected param
