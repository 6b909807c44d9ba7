// SPDX-License-Identifier: MIT
function* g() {}
g.prototype.extra = 'extra';
console.log(g().extra, g() instanceof g, Object.prototype.toString.call(g())); // => extra true [object Generator]
