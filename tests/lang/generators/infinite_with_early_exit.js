// SPDX-License-Identifier: MIT
function* naturals() {
    for (let n = 0; ; n++) yield n;
}
const found = [];
for (const n of naturals()) {
    if (n * n > 50) break;
    if (n % 2) found.push(n);
}
console.log(found.join()); // => 1,3,5,7
