// SPDX-License-Identifier: MIT
const z = -0;
console.log(Object.is(z, 0), z === 0, 1 / z, Object.is(0 * -1, -0), Object.is(-0 + 0, 0), Object.is(-5 % 5, -0), Object.is(Math.round(-0.2), -0), String(z), JSON.stringify(z), [z].includes(0)); // => false true -Infinity true true true true 0 0 true
