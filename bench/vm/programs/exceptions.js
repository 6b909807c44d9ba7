// SPDX-License-Identifier: MIT
// Exceptions: try/catch/finally in loops, throws through frames, custom classes, rethrow, optional catch.
const print = globalThis.console ? console.log : globalThis.print;

class ParseError extends Error {
    constructor(message, at) {
        super(message);
        this.at = at;
    }
}
function parse(i) {
    if (i % 5 === 0) throw new ParseError('five', i);
    if (i % 7 === 0) throw new RangeError('seven');
    return i & 15;
}
function guarded(i) {
    try {
        return parse(i);
    } catch (e) {
        if (e instanceof ParseError) return e.at & 3;
        throw e;
    } finally {
        count++;
    }
}
function deep(n, i) {
    return n === 0 ? guarded(i) : deep(n - 1, i) + 0;
}

let count = 0;
let check = 0;
for (let i = 1; i < 250000; i++) {
    try {
        check += guarded(i);
    } catch {
        check -= 1;
    }
}
for (let i = 1; i < 50000; i++) {
    try {
        check += deep(20, i);
    } catch ({ name, message }) {
        check += name.length + message.length;
    }
}
function completion(i) {
    for (let k = 0; ; k++) {
        try {
            if (k > i % 4) return k;
            continue;
        } finally {
            check += k;
            if (k === 3) break;
        }
    }
    return -1;
}
for (let i = 0; i < 700000; i++) check += completion(i);
let passing = 0;
for (let i = 0; i < 5000000; i++) {
    try {
        passing = (passing + i) | 0;
    } catch (e) {
        passing = 0;
    }
}
print('exceptions', check, count, passing);
