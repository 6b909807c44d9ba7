// SPDX-License-Identifier: MIT
console.log([...'a😀b'].length, Array.from('a😀b')[1] === '😀'); // => 3 true
for (const c of '\ud83dx') console.log(c.length); // => 1
// => 1
