// SPDX-License-Identifier: MIT
console.log([1, 2, 3].reduceRight((a, b) => a + '-' + b), [].reduce((a, b) => a, 'init'), [].every(() => false), [].some(() => true), [NaN].includes(NaN), [NaN].indexOf(NaN), [1, 2, 3].lastIndexOf(3, -2)); // => 3-2-1 init true false true -1 -1
try {
    [].reduce((a, b) => a);
} catch (e) {
    console.log(e.message); // => Reduce of empty array with no initial value
}
