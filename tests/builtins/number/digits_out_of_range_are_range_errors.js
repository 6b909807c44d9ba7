// SPDX-License-Identifier: MIT
function message(f) {
  try { f(); } catch (e) { return e.name + ': ' + e.message; }
}
console.log(message(() => (1).toFixed(101))); // expect: RangeError: toFixed() digits argument must be between 0 and 100
console.log(message(() => (1).toPrecision(0))); // expect: RangeError: toPrecision() argument must be between 1 and 100
console.log(message(() => (1).toString(1))); // expect: RangeError: toString() radix argument must be between 2 and 36
console.log(message(() => Number.prototype.valueOf.call({}))); // expect: TypeError: Number.prototype.valueOf requires that 'this' be a Number
