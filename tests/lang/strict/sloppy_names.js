// SPDX-License-Identifier: MIT
var let_ = 1, yield = 2, static = 3, implements = 4, async = 5, of = 6, get = 7, await = 8;
var let = 9;
console.log(yield + static + implements + async + of + get + await + let); // => 44
async = async => async;
console.log(async(1), typeof async); // => 1 function
