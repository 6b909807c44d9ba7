// SPDX-License-Identifier: MIT
function F(v) {
    this.own = 1;
    return v;
}
console.log(new F(5).own, new F({ own: 2 }).own, new F(null).own, new F(() => {}).own); // => 1 2 1 undefined
