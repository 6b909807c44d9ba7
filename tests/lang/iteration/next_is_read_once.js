// SPDX-License-Identifier: MIT
let reads = 0;
let n = 0;
const it = {
    [Symbol.iterator]() {
        return {
            get next() {
                reads++;
                return () => ({ value: n, done: n++ >= 3 });
            },
        };
    },
};
for (const x of it);
console.log(reads, n); // => 1 4
