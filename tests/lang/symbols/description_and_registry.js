// SPDX-License-Identifier: MIT
const s = Symbol('desc');
console.log(s.toString(), s.description, Symbol().description, Symbol.for('k') === Symbol.for('k'), Symbol.keyFor(Symbol.for('k')), Symbol.keyFor(s), Symbol('a') === Symbol('a')); // => Symbol(desc) desc undefined true k undefined false
try {
    s + '';
} catch (e) {
    console.log(e.message); // => Cannot convert a Symbol value to a string
}
