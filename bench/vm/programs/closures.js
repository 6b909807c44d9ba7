// SPDX-License-Identifier: MIT
// Closures: counters, currying, composition, captured loop variables, callbacks.
const print = globalThis.console ? console.log : globalThis.print;

function counter() {
    let n = 0;
    return { up: by => (n += by), down: () => --n, read: () => n };
}
const add = a => b => c => a + b + c;
const compose = (...fns) => x => fns.reduceRight((v, f) => f(v), x);
function once(fn) {
    let done = false;
    let value;
    return (...args) => {
        if (!done) {
            done = true;
            value = fn(...args);
        }
        return value;
    };
}

const c = counter();
for (let i = 0; i < 1200000; i++) {
    c.up(i & 3);
    if (i % 3 === 0) c.down();
}

let curried = 0;
for (let i = 0; i < 600000; i++) curried = (curried + add(i)(2)(3)) | 0;

const pipeline = compose(x => x * 2, x => x + 1, x => x % 1009);
let piped = 0;
for (let i = 0; i < 250000; i++) piped += pipeline(i);

const fns = [];
for (let i = 0; i < 300000; i++) fns.push(() => i * 2);
let captured = 0;
for (const f of fns) captured += f();

let single = 0;
for (let i = 0; i < 150000; i++) {
    const f = once(x => x + i);
    single += f(1) + f(2);
}
print('closures', c.read(), curried, piped, captured, single);
