// SPDX-License-Identifier: MIT
let x = 1;
x += (x = 5, 10);
const log = [];
const o = { get a() { log.push('get'); return 1; }, set a(v) { log.push('set' + v); } };
o.a += (log.push('rhs'), 2);
console.log(x, log.join()); // => 11 get,rhs,set3
