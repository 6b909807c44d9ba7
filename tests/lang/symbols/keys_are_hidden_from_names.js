// SPDX-License-Identifier: MIT
const s = Symbol('s');
const o = { [s]: 1, a: 2 };
console.log(Object.keys(o).join(), JSON.stringify(o), Object.getOwnPropertySymbols(o).length, Reflect.ownKeys(o).length, s in o); // => a {"a":2} 1 2 true
