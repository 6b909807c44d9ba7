// SPDX-License-Identifier: MIT
const log = [];
function* g() {
    try {
        yield 1;
        yield 2;
    } finally {
        log.push('closed');
    }
}
for (const x of g()) break;
for (const x of g()) log.push(x);
console.log(log.join()); // => closed,1,2,closed
