// SPDX-License-Identifier: MIT
const later = async f => {
    for (let i = 0; i < 30; i++) await null;
    f();
};
const log = [];
async function direct() {
    return Promise.resolve();
}
async function awaited() {
    return await Promise.resolve();
}
direct().then(() => log.push('direct'));
awaited().then(() => log.push('awaited'));
Promise.resolve().then(() => log.push(1)).then(() => log.push(2)).then(() => log.push(3)).then(() => log.push(4));
later(() => console.log(log.join())); // => 1,awaited,2,direct,3,4
