// SPDX-License-Identifier: MIT
const { f = () => {}, g: h = class {} } = {};
const [k = function () {}] = [];
console.log(f.name, h.name, k.name); // => f h k
