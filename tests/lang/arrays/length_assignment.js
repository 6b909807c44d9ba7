// SPDX-License-Identifier: MIT
const a = [1, 2, 3];
a.length = 1;
a[3] = 4;
console.log(a.join(), a.length); // => 1,,,4 4
a.length = 0;
console.log(a.length, a[0]); // => 0 undefined
for (const v of [-1, 1.5, 'x', 2 ** 32]) {
    try {
        a.length = v;
    } catch (e) {
        console.log(e.name, e.message); // => RangeError Invalid array length
        // => RangeError Invalid array length
        // => RangeError Invalid array length
        // => RangeError Invalid array length
    }
}
