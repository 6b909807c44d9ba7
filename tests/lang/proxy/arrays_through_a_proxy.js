// SPDX-License-Identifier: MIT
const log = [];
const p = new Proxy([1, 2], { set: (t, k, v) => (log.push(`${k}=${v}`), Reflect.set(t, k, v)) });
p.push(3);
console.log(log.join(), Array.isArray(p), [...p].join(), p.map(x => x * 2).join(), JSON.stringify(p), [].concat(p).length); // => 2=3,length=3 true 1,2,3 2,4,6 [1,2,3] 3
