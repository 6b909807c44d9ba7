// SPDX-License-Identifier: MIT
function upTo(i, n) {
    let rounds = 0;
    for (; i < n; i++) if (++rounds > 5) break;
    return typeof i + ' ' + String(i) + ' after ' + rounds;
}
console.log(upTo(0, 3)); // => number 3 after 3
console.log(upTo('1', 3)); // => number 3 after 2
console.log(upTo(1n, 4)); // => bigint 4 after 3
console.log(upTo(2147483646, 2147483649)); // => number 2147483649 after 3
console.log(upTo(0.5, 2)); // => number 2.5 after 2
console.log(upTo(NaN, 2)); // => number NaN after 0
console.log(upTo(0, { valueOf: () => 2 })); // => number 2 after 2

function toTwo(i) {
    for (; i < 2; i++);
    return i;
}
console.log(toTwo(-1), toTwo('0'), toTwo(-2n), toTwo(1.25), toTwo(null)); // => 2 2 2n 2.25 2

function sums(a, b) {
    return [a + b, a - b, a * b, a < b].map(String).join(' ');
}
console.log(sums(0, -5), Object.is(0 * -5, -0)); // => -5 5 0 false true
console.log(sums(2147483647, 2147483647)); // => 4294967294 0 4611686014132420600 false
console.log(sums(Infinity, Infinity), sums(Infinity, 0)); // => Infinity NaN Infinity false Infinity Infinity NaN false
console.log(sums(0.5, 2), sums(2, 0.5), sums(NaN, 1)); // => 2.5 -1.5 1 true 2.5 1.5 1 false NaN NaN NaN false
console.log(sums('3', 2), sums(true, null), sums(undefined, 1)); // => 32 1 6 false 1 1 0 false NaN NaN NaN false
console.log(NaN === NaN, 0 === -0, (0 / 0) === (0 / 0), 'ab' === 'a' + 'b', 10n === 10n, 1 === true); // => false true false true true false
