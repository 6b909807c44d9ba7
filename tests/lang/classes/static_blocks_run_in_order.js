// SPDX-License-Identifier: MIT
const log = [];
class A {
    static a = log.push('a');
    static {
        log.push('block ' + this.a + ' ' + this.name);
        var local = 1;
        this.made = 'made';
    }
    static b = log.push('b');
}
console.log(log.join(', '), A.made, typeof local); // => a, block 1 A, b made undefined
