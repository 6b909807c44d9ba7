// SPDX-License-Identifier: MIT
// Property access: reads, writes, added and deleted properties, computed keys, in, for-in, getters and setters.
const print = globalThis.console ? console.log : globalThis.print;

class Vector {
    constructor(x, y, z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }
    get length2() {
        return this.x * this.x + this.y * this.y + this.z * this.z;
    }
    set all(v) {
        this.x = this.y = this.z = v;
    }
    add(o) {
        this.x = (this.x + o.x) % 1000;
        this.y = (this.y + o.y) % 1000;
        this.z = (this.z + o.z) % 1000;
        return this;
    }
}

const step = new Vector(1, 2, 3);
const v = new Vector(0, 0, 0);
let sum = 0;
for (let i = 0; i < 1800000; i++) {
    v.add(step);
    sum += v.length2 % 7;
    if (i % 1000 === 0) v.all = i % 10;
}

const config = { alpha: { beta: { gamma: { delta: 0 } } }, name: 'n', list: [1, 2, 3] };
for (let i = 0; i < 2000000; i++) config.alpha.beta.gamma.delta += config.list.length;

const keys = ['red', 'green', 'blue', 'cyan', 'pink'];
const counts = {};
for (let i = 0; i < 1500000; i++) {
    const k = keys[i % 5];
    counts[k] = (counts[k] ?? 0) + 1;
}

let seen = 0;
for (let i = 0; i < 100000; i++) {
    const o = { a: i };
    o.b = i + 1;
    o['c' + (i & 3)] = i + 2;
    if ('c1' in o) seen++;
    for (const key in o) seen += o[key] & 1;
    delete o.b;
    if (o.b === undefined && Object.keys(o).length === 2) seen++;
}
print('properties', sum, config.alpha.beta.gamma.delta, JSON.stringify(counts), seen);
