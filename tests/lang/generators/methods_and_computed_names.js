// SPDX-License-Identifier: MIT
const o = {
    *items() {
        yield* this.list;
    },
    *[Symbol.iterator]() {
        yield* this.items();
    },
    list: ['x', 'y'],
};
console.log([...o].join()); // => x,y
