// SPDX-License-Identifier: MIT
const seen = [];
function* g() {
    for (let i = 0; i < 9; i++) {
        seen.push(i);
        yield i;
    }
}
const [, , third] = g();
console.log(third, seen.join()); // => 2 0,1,2
