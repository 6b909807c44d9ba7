// SPDX-License-Identifier: MIT
const log = [];
const r = JSON.parse('{"a":[1,{"b":2}],"__proto__":3}', function (k, v) {
    log.push(k);
    return k === '0' ? undefined : v;
});
console.log(log.join('|'), 0 in r.a, Object.hasOwn(r, '__proto__'), JSON.parse(' [1e2, -0.5, "\\u0041"] ').join()); // => 0|b|1|a|__proto__| false true 100,-0.5,A
