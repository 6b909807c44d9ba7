// SPDX-License-Identifier: MIT
function message(f) {
  try { f(); } catch (e) { return e.name + ': ' + e.message; }
}
console.log(message(() => 1n / 0n)); // expect: RangeError: Division by zero
console.log(message(() => 2n ** -1n)); // expect: RangeError: Exponent must be non-negative
console.log(message(() => BigInt(1.5))); // expect: RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer
console.log(message(() => BigInt('x'))); // expect: SyntaxError: Cannot convert x to a BigInt
console.log(message(() => 1n + 1)); // expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
