// SPDX-License-Identifier: MIT
const log = [];
function* g(a = log.push('default')) {}
g();
console.log(log.length); // => 1
function* h({ x }) {}
try {
    h();
} catch (e) {
    console.log(e.name); // => TypeError
}
