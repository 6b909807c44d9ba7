// SPDX-License-Identifier: MIT
Promise.resolve(1).then(null, undefined).then('x').then(v => console.log(v));
Promise.reject(new Error('e')).then(() => 0).catch(e => console.log(e.message));

// => e
// => 1
