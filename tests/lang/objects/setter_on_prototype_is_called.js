// SPDX-License-Identifier: MIT
const proto = { set x(v) { this._x = v; } };
const o = Object.create(proto);
o.x = 5;
console.log(Object.keys(o).join(), o._x, o.x); // => _x 5 undefined
