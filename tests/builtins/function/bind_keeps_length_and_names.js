// SPDX-License-Identifier: MIT
function add(a, b, c) { return [this.x, a, b, c].join(); }
const g = add.bind({ x: 'x' }, 1);
console.log(g(2, 3), g.length, g.name, 'prototype' in g); // expect: x,1,2,3 2 bound add false
class P { constructor(a, b) { this.sum = a + b; } }
const Q = P.bind(null, 40);
console.log(new Q(2).sum, new Q(2) instanceof P, new Q(1) instanceof Q, g.bind(1, 2).name); // expect: 42 true true bound bound add
try { Function.prototype.bind.call({}); } catch (e) { console.log(e.message); } // expect: Bind must be called on a function
