// SPDX-License-Identifier: MIT
const log = [];
const p = new Promise((resolve, reject) => {
    log.push('executor');
    resolve(1);
    reject(new Error('late'));
    resolve(2);
    throw new Error('ignored');
});
log.push('after');
p.then(v => console.log(log.join(), v)); // => executor,after 1
