// SPDX-License-Identifier: MIT
function message(f) {
  try { return f(); } catch (e) { return e.name + ': ' + e.message; }
}
console.log(String(new Date(NaN))); // expect: Invalid Date
console.log(message(() => new Date(NaN).toISOString())); // expect: RangeError: Invalid time value
console.log(message(() => Date.prototype.getTime.call({}))); // expect: TypeError: this is not a Date object.
console.log(JSON.stringify({ d: new Date(NaN) })); // expect: {"d":null}
