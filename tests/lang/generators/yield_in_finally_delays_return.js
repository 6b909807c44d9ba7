// SPDX-License-Identifier: MIT
function* g() {
    try {
        yield 1;
    } finally {
        yield 'cleanup';
    }
}
const it = g();
it.next();
console.log(JSON.stringify(it.return('r'))); // => {"value":"cleanup","done":false}
console.log(JSON.stringify(it.next())); // => {"value":"r","done":true}
