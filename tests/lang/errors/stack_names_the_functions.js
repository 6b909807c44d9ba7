// SPDX-License-Identifier: MIT
function inner() {
    return new Error('deep');
}
const outer = () => inner();
class K {
    method() {
        return outer();
    }
}
const lines = new K().method().stack.split('\n');
console.log(lines[0]); // => Error: deep
console.log(lines.slice(1, 4).map(l => /^ {4}at (\S+) \(.*:\d+:\d+\)$/.exec(l)?.[1]).join()); // => inner,outer,K.method
