// SPDX-License-Identifier: MIT
function* g() {
    try {
        yield 1;
    } finally {
        return 'mine';
    }
}
const it = g();
it.next();
console.log(it.return('theirs').value); // => mine
