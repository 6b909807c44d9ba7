// SPDX-License-Identifier: MIT
function* walk([left, value, right]) {
    if (left) yield* walk(left);
    yield value;
    if (right) yield* walk(right);
}
console.log([...walk([[null, 1, null], 2, [[null, 3, null], 4, null]])].join()); // => 1,2,3,4
