// SPDX-License-Identifier: MIT
const log = [];
const target = { set x(v) { log.push('set ' + v); } };
const source = { get x() { log.push('get'); return 1; } };
Object.assign(target, source, null, 'z');
console.log(log.join(), target[0]); // => get,set 1 z
