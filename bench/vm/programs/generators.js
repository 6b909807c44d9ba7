// SPDX-License-Identifier: MIT
// Generators: for-of, pipelines, delegation, two-way communication, spread, early return.
const print = globalThis.console ? console.log : globalThis.print;

function* range(n) {
    for (let i = 0; i < n; i++) yield i;
}
function* map(it, f) {
    for (const x of it) yield f(x);
}
function* filter(it, f) {
    for (const x of it) if (f(x)) yield x;
}
function* take(it, n) {
    if (n <= 0) return;
    for (const x of it) {
        yield x;
        if (--n <= 0) return;
    }
}
class Tree {
    constructor(value, left, right) {
        this.value = value;
        this.left = left;
        this.right = right;
    }
    *[Symbol.iterator]() {
        if (this.left) yield* this.left;
        yield this.value;
        if (this.right) yield* this.right;
    }
}
const build = (lo, hi) => {
    if (lo > hi) return undefined;
    const mid = (lo + hi) >> 1;
    return new Tree(mid, build(lo, mid - 1), build(mid + 1, hi));
};

let check = 0;
for (const x of range(2500000)) check = (check + x) % 1000003;
for (const x of filter(map(range(700000), x => x * 3), x => x % 2 === 0)) check = (check + x) % 1000003;
const tree = build(1, 4000);
for (let i = 0; i < 12; i++) for (const v of tree) check = (check + v * i) % 1000003;

function* accumulator() {
    let total = 0;
    for (;;) {
        const got = yield total;
        total = (total + got) & 0xfffff;
    }
}
const acc = accumulator();
acc.next();
for (let i = 0; i < 1000000; i++) acc.next(i);
let short = 0;
for (let i = 0; i < 60000; i++) short += [...take(range(100), 4)].length;
print('generators', check, acc.next(0).value, short);
