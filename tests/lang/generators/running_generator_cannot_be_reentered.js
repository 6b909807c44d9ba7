// SPDX-License-Identifier: MIT
let it;
function* g() {
    try {
        it.next();
    } catch (e) {
        yield e.name + ': ' + e.message;
    }
}
it = g();
console.log(it.next().value); // => TypeError: Generator is already running
