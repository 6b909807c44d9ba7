// SPDX-License-Identifier: MIT
function counter() {
    let n = 0;
    return [() => ++n, () => n];
}
const [up, read] = counter();
up();
up();
const [, other] = counter();
console.log(read(), other()); // => 2 0
