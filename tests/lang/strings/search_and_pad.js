// SPDX-License-Identifier: MIT
console.log('abcabc'.indexOf('c', 3), 'abcabc'.lastIndexOf('b', 3), 'abc'.includes(''), 'x'.padStart(5, 'ab'), 'x'.padEnd(3) + '|', ' \u00a0\ufefft\n'.trim(), 'ab'.repeat(0) === '', 'abc'.startsWith('b', 1), 'abc'.endsWith('b', 2)); // => 5 1 true ababx x  | t true true true
try {
    'a'.includes(/a/);
} catch (e) {
    console.log(e.message); // => First argument to String.prototype.includes must not be a regular expression
}
