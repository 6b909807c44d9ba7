// SPDX-License-Identifier: MIT
let rope = '';
for (let i = 0; i < 1000; i++) rope = (i % 2 ? rope + i : i + rope);
console.log(rope.length, rope.charCodeAt(1000), rope === rope.slice(0), 'a' < 'B', 'a' > 'A', 'é' > 'z', '\ud83d' < '\uffff', 'x'.concat(1, null)); // => 2890 51 true false true true true x1null
