// SPDX-License-Identifier: MIT
const iterable = {
    [Symbol.iterator]() { return this; },
    next() {
        return {
            get done() { console.log('done'); return false; },
            get value() { console.log('value'); return 1; },
        };
    },
    return() { console.log('return'); return {}; },
};
const [, a, ,] = iterable;
// => done
// => done
// => value
// => done
// => return
iterable.return = 1;
try {
    const [b] = iterable;
    // => done
    // => value
} catch (e) {
    console.log(e.message); // => number 1 is not a function
}
