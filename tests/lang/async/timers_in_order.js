// SPDX-License-Identifier: MIT
const log = [];
setTimeout(() => log.push('20'), 20);
setTimeout(() => log.push('0a'), 0);
const cancelled = setTimeout(() => log.push('never'), 1);
setTimeout(() => Promise.resolve().then(() => log.push('micro of 0b')), 0);
setTimeout(() => log.push('0c'), 0);
clearTimeout(cancelled);
let n = 0;
const every = setInterval(() => {
    if (++n === 3) clearInterval(every);
}, 1);
setTimeout((a, b) => console.log(log.join(), n, a + b), 60, 'x', 'y'); // => 0a,micro of 0b,0c,20 3 xy
