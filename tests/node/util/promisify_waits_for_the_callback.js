// SPDX-License-Identifier: MIT
import { promisify, format, isDeepStrictEqual } from 'node:util';
console.log(await promisify((a, done) => done(null, a + 1))(1)); // => 2
console.log(format('%s is %d', 'x', 1), isDeepStrictEqual({ a: [1] }, { a: [1] })); // => x is 1 true
