// SPDX-License-Identifier: MIT
const log = [];
const t = n => (log.push(n), n);
const o = { get f() { log.push('get f'); return () => {}; } };
o.f(t(1), t(2));
(t('fn'), () => {})(t('arg'));
t(10) + t(20) * t(30);
o[t('f')](t('late'));
console.log(log.join()); // => get f,1,2,fn,arg,10,20,30,f,get f,late
