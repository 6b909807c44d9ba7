// SPDX-License-Identifier: MIT
const tails = ['', '"', '\n', '\u0007', '\u00ff', '\u0416', '\ud83d\ude00', '\\'];
let wrong = 0;
for (let n = 0; n < 40; n++)
    for (const tail of tails) {
        const text = 'x'.repeat(n) + tail + 'é'.repeat(n % 5) + tail;
        if (JSON.parse(JSON.stringify(text)) !== text) wrong++;
        if (JSON.parse(JSON.stringify({ [text]: text }))[text] !== text) wrong++;
    }
console.log(wrong); // => 0
console.log(JSON.stringify(['a"b', 'tab\t', '\u0001', '\ud800'])); // => ["a\"b","tab\t","\u0001","\ud800"]
console.log(JSON.parse('"\\u00e9\\u0416\\/"'), JSON.parse('"\\u0041"').length); // => éЖ/ 1
for (const bad of ['"a\\', '"a\\x"', '"\\u12"', '"a\nb"', '"abc'])
    try {
        JSON.parse(bad);
    } catch (e) {
        console.log(e.message);
    }
// => Unexpected end of JSON input
// => Bad escaped character in JSON at position 3
// => Bad Unicode escape in JSON at position 5
// => Bad control character in string literal in JSON at position 2
// => Unterminated string in JSON at position 4
