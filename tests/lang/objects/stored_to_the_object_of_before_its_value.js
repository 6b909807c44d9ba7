// SPDX-License-Identifier: MIT
function moved(o) {
    const before = o;
    o.x = (o = { name: 'second' }, 5);
    return [before.x, o.x];
}
console.log(moved({}).join()); // => 5,

function counted(o) {
    const before = o;
    o.x = o = 7;
    before.y = o++;
    return before.x + ' ' + before.y + ' ' + o;
}
console.log(counted({})); // => 7 7 8

function chosen(o, yes) {
    o.x = yes ? 'yes' : 'no';
    return o.x;
}
console.log(chosen({}, true), chosen({}, false)); // => yes no

function thrown(o, log) {
    try {
        o.x = log.push('value');
    } catch (e) {
        return log.join() + ' ' + e.message;
    }
}
console.log(thrown(null, [])); // => value Cannot set properties of null (setting 'x')

function* suspended(o) {
    o.x = yield 1;
    o.y = yield 2;
    return o;
}
const g = suspended({});
g.next(), g.next('a');
console.log(JSON.stringify(g.next('b').value)); // => {"x":"a","y":"b"}

class Base {
    constructor(v) {
        this.v = v;
    }
}
class Derived extends Base {
    constructor() {
        try {
            this.early = 1;
        } catch (e) {
            super(e.name);
        }
        this.w = this.v = this.v + '!';
    }
}
console.log(JSON.stringify(new Derived())); // => {"v":"ReferenceError!","w":"ReferenceError!"}

function sloppy() {
    this.made = 1;
    return typeof this;
}
console.log(sloppy.call(5), sloppy.call('s')); // => object object
