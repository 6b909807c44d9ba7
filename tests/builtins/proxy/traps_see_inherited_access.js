// SPDX-License-Identifier: MIT
const log = [];
const p = new Proxy({}, {
    get(t, k, r) { log.push('get ' + String(k)); return r === child ? 'child' : Reflect.get(t, k, r); },
    set(t, k, v, r) { log.push('set ' + k + (r === child)); return Reflect.set(t, k, v, r); },
    has(t, k) { log.push('has ' + k); return false; },
});
const child = Object.create(p);
console.log(child.x, 'y' in child, (child.z = 1, Object.hasOwn(child, 'z')), log.join()); // expect: child false true get x,has y,set ztrue
