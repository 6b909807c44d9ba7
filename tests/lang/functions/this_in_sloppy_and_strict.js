// SPDX-License-Identifier: MIT
function sloppy() {
    return typeof this;
}
function strict() {
    'use strict';
    return typeof this;
}
console.log(sloppy(), strict(), sloppy.call(1), strict.call(1), sloppy.call(null), strict.call(null)); // => object undefined object number object object
