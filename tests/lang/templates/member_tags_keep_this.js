// SPDX-License-Identifier: MIT
const o = {
    prefix: '>',
    tag(s, v) {
        return this.prefix + s[0] + v;
    },
};
console.log(o.tag`x${1}`, (() => o)().tag`y${2}`); // => >x1 >y2
