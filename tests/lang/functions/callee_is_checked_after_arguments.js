// SPDX-License-Identifier: MIT
const log = [];
try {
    const o = {};
    o.none(log.push('argument'));
} catch (e) {
    console.log(log.join(), e.message); // => argument o.none is not a function
}
