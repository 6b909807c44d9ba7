// SPDX-License-Identifier: MIT
let depth = 0;
const f = () => {
    depth++;
    f();
};
try {
    f();
} catch (e) {
    console.log(e instanceof RangeError, e.message, depth > 1000); // => true Maximum call stack size exceeded true
}
