// SPDX-License-Identifier: MIT
let reads = 0;
const thenable = {
    get then() {
        reads++;
        return resolve => resolve('v');
    },
};
Promise.resolve(thenable).then(v => console.log(v, reads)); // => v 1
