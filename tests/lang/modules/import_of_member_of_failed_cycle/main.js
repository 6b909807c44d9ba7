// SPDX-License-Identifier: MIT
// b awaits and fails; c is in a cycle with it and had finished: it stands for the cycle, so it cannot be imported either.
const errors = [];
for (const load of [() => import('./a.js'), () => import('./c.js'), () => import('./a.js')]) {
    try { await load(); } catch (e) { errors.push(e); }
}
console.log(errors.length, errors[0].message, errors[0] === errors[1], errors[0] === errors[2]);

// => c
// => b
// => 3 from b true true
