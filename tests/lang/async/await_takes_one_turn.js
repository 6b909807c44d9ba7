// SPDX-License-Identifier: MIT
const later = async f => {
    for (let i = 0; i < 30; i++) await null;
    f();
};
const log = [];
(async () => {
    for (let i = 0; i < 3; i++) {
        await i;
        log.push('a' + i);
    }
})();
(async () => {
    for (let i = 0; i < 3; i++) {
        await Promise.resolve(i);
        log.push('b' + i);
    }
})();
later(() => console.log(log.join())); // => a0,b0,a1,b1,a2,b2
