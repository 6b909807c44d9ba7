// SPDX-License-Identifier: MIT
const log = [];
const o = n => (log.push('target ' + n), {});
const source = { get a() { log.push('get a'); }, get b() { log.push('get b'); } };
({ a: o(1).x = log.push('default a'), b: o(2).x } = source);
console.log(log.join(', ')); // => target 1, get a, default a, target 2, get b
