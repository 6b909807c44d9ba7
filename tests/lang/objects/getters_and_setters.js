// SPDX-License-Identifier: MIT
const log = [];
const o = {
    get v() {
        log.push('get');
        return 1;
    },
    set v(x) {
        log.push('set ' + x);
    },
};
o.v = o.v + 1;
o.v++;
o.v ||= 5;
o.v &&= 6;
console.log(log.join(', ')); // => get, set 2, get, set 2, get, get, set 6
