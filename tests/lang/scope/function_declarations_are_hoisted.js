// SPDX-License-Identifier: MIT
console.log(early()); // => inner
function early() {
    return inner();
    function inner() {
        return 'inner';
    }
}
