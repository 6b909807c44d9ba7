// SPDX-License-Identifier: MIT
const later = async f => {
    for (let i = 0; i < 30; i++) await null;
    f();
};
const log = [];
Promise.resolve().then(() => log.push('then'));
queueMicrotask(() => log.push('microtask'));
(async () => {
    log.push('async start');
    await null;
    log.push('async after');
})();
log.push('script end');
later(() => console.log(log.join(', '))); // => async start, script end, then, microtask, async after
