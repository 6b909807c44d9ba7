// SPDX-License-Identifier: MIT
const log = [];
class A {
    a = log.push('a');
    [(log.push('key'), 'b')] = log.push('b');
    static s = log.push('static');
    constructor() {
        log.push('ctor');
    }
}
log.push('made');
new A();
console.log(log.join()); // => key,static,made,a,b,ctor
