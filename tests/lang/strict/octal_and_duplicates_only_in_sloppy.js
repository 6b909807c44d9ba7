// SPDX-License-Identifier: MIT
function dup(a, a) {
    return a;
}
console.log(010, '\101', dup(1, 2), 08, 0o10, 0b11, 0x1f, 1_000); // => 8 A 2 8 8 3 31 1000
