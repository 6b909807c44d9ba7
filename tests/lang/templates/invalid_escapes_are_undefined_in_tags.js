// SPDX-License-Identifier: MIT
const tag = s => [s[0], s.raw[0]];
const [cooked, raw] = tag`\unicode and \x`;
console.log(cooked, raw); // => undefined \unicode and \x
