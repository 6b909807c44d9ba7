// SPDX-License-Identifier: MIT
console.log(Symbol.for('a') === Symbol.for('a')); // expect: true
console.log(Symbol.keyFor(Symbol.for('a'))); // expect: a
console.log(Symbol.keyFor(Symbol('a'))); // expect: undefined
console.log(Symbol('x').description, Symbol('x').toString()); // expect: x Symbol(x)
