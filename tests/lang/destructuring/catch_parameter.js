// SPDX-License-Identifier: MIT
try {
    throw { code: 7, nested: { list: [1, 2] } };
} catch ({ code, nested: { list: [, second] }, missing = 'none' }) {
    console.log(code, second, missing); // => 7 2 none
}
