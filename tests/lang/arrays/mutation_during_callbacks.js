// SPDX-License-Identifier: MIT
const a = [1, 2, 3];
const seen = [];
a.forEach((x, i) => {
    seen.push(x);
    if (i === 0) {
        a.push(4);
        a[2] = 'changed';
        delete a[1];
    }
});
console.log(seen.join(), a.length); // => 1,changed 4
