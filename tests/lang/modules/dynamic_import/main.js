// SPDX-License-Identifier: MIT
const [a, b] = await Promise.all([import('./lazy.js'), import('./lazy.js')]);
console.log(a === b, a.value, a.default);
import('./failing.js').catch(e => console.log(e.message));

// => evaluated
// => true 1 d
// => while evaluating
