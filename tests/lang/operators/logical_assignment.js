// SPDX-License-Identifier: MIT
const log = [];
const o = { get a() { log.push('get'); return null; }, set a(v) { log.push('set ' + v); }, b: 0, c: 1 };
o.a ??= 'x';
o.b ||= 5;
o.b &&= 6;
o.c ||= 'never';
o.d ??= 'd';
console.log(log.join(), o.b, o.c, o.d); // => get,set x 6 1 d
