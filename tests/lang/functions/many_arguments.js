// SPDX-License-Identifier: MIT
function count() {
    return arguments.length;
}
console.log(count(...Array(5000).fill(0)), Math.max.apply(null, Array.from({ length: 5000 }, (_, i) => i))); // => 5000 4999
