// SPDX-License-Identifier: MIT
const { promise, resolve } = Promise.withResolvers();
promise.then(v => console.log(v));
resolve('resolved');
Promise.try((a, b) => a + b, 1, 2).then(v => console.log(v));
Promise.try(() => { throw new Error('sync'); }).catch(e => console.log(e.message));

// => resolved
// => 3
// => sync
