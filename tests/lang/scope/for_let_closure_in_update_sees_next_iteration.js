// SPDX-License-Identifier: MIT
const fns = [];
for (let i = 0, inc = () => i++; i < 3; inc(), i++) {
    fns.push(() => i);
    if (fns.length > 5) break;
}
console.log(fns.map(f => f()).join()); // => 0,1,2
