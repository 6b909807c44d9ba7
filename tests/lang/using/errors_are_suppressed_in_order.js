// SPDX-License-Identifier: MIT
try {
    using a = { [Symbol.dispose]() { throw new Error('outer'); } };
    using b = { [Symbol.dispose]() { throw new Error('inner'); } };
    throw new Error('body');
} catch (e) {
    console.log(e.name, e.error.message, e.suppressed.error.message, e.suppressed.suppressed.message);
    // => SuppressedError outer inner body
}
