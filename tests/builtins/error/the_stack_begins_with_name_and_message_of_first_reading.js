// SPDX-License-Identifier: MIT
class Named extends Error {
    constructor(m) {
        super(m);
        this.name = 'Named';
    }
}
console.log(new Named('text').stack.split('\n')[0]); // expect: Named: text
const e = new Error('one');
e.stack;
e.message = 'two';
console.log(e.stack.split('\n')[0], String(e)); // expect: Error: one Error: two
class Getter extends Error {
    get name() { return 'Getter'; }
}
console.log(new Getter('x').stack.split('\n')[0]); // expect: Getter: x
e.stack = 'mine';
console.log(e.stack, delete e.stack, 'stack' in e); // expect: mine true false
