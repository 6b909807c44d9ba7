// SPDX-License-Identifier: MIT
const later = async f => {
    for (let i = 0; i < 30; i++) await null;
    f();
};
const log = [];
Promise.resolve('v').finally(() => 'ignored').then(v => log.push(v));
Promise.reject('r').finally(() => 'ignored').catch(v => log.push(v));
Promise.resolve('v').finally(() => { throw 'thrown'; }).catch(v => log.push(v));
Promise.resolve('v').finally(() => Promise.reject('rejected')).catch(v => log.push(v));
later(() => console.log(log.join())); // => thrown,v,r,rejected
