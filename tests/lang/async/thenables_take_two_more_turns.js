// SPDX-License-Identifier: MIT
const later = async f => {
    for (let i = 0; i < 30; i++) await null;
    f();
};
const log = [];
const p = Promise.resolve();
p.then(() => ({ then: r => r('thenable') })).then(v => log.push(v));
p.then(() => log.push(1)).then(() => log.push(2)).then(() => log.push(3)).then(() => log.push(4));
later(() => console.log(log.join())); // => 1,2,thenable,3,4
