// SPDX-License-Identifier: MIT
const c = new AbortController();
c.signal.addEventListener('abort', () => console.log('aborted')); // => aborted
c.abort(new Error('why'));
console.log(c.signal.reason.message, AbortSignal.any([c.signal]).aborted); // => why true
