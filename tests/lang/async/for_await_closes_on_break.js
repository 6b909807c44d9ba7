// SPDX-License-Identifier: MIT
const log = [];
const source = {
    [Symbol.asyncIterator]: () => ({
        n: 0,
        next() {
            return Promise.resolve({ value: this.n++, done: false });
        },
        return() {
            log.push('closed');
            return Promise.resolve({});
        },
    }),
};
(async () => {
    for await (const x of source) {
        if (x === 2) break;
        log.push(x);
    }
    console.log(log.join()); // => 0,1,closed
})();
