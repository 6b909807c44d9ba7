// SPDX-License-Identifier: MIT
const e = new TypeError('msg', { cause: 'why' });
console.log(String(e), e.cause, Object.keys(e).length, e.hasOwnProperty('message'), new Error().hasOwnProperty('message'), 'cause' in new Error('x'), Error('called') instanceof Error); // => TypeError: msg why 0 true false false true
const a = new AggregateError([1, 2], 'many');
console.log(a.errors.join(), a.message, Object.prototype.toString.call(a), RangeError.prototype.name, Object.getPrototypeOf(RangeError) === Error); // => 1,2 many [object Error] RangeError true
