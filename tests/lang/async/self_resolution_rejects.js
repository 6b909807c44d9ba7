// SPDX-License-Identifier: MIT
let resolve;
const p = new Promise(r => (resolve = r));
resolve(p);
p.catch(e => console.log(e.name, e.message)); // => TypeError Chaining cycle detected for promise #<Promise>
