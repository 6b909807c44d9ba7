// SPDX-License-Identifier: MIT
const log = [];
const it = {
    [Symbol.iterator]: () => ({
        n: 0,
        next() {
            log.push('next');
            return { value: this.n++, done: false };
        },
        return() {
            log.push('return');
            return {};
        },
    }),
};
const [a, b] = it;
console.log(a, b, log.join()); // => 0 1 next,next,return
