// SPDX-License-Identifier: MIT
// Assignments to process.env are strings; deleting takes the variable away.
process.env.DX_TEST = 5;
console.log(typeof process.env.DX_TEST, 'DX_TEST' in process.env); // => string true
delete process.env.DX_TEST;
console.log(process.env.DX_TEST); // => undefined
