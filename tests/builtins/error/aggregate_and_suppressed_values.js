// SPDX-License-Identifier: MIT
const e = new AggregateError(new Set([1, 2]), 'both', { cause: 'why' });
console.log(e.errors.join(), e.message, e.cause, e instanceof Error, String(e)); // expect: 1,2 both why true AggregateError: both
try { new AggregateError(5); } catch (x) { console.log(x.message); } // expect: number 5 is not iterable (cannot read property Symbol(Symbol.iterator))
console.log(Object.getPrototypeOf(TypeError) === Error, TypeError.prototype.name, TypeError('m') instanceof TypeError); // expect: true TypeError true
