// SPDX-License-Identifier: MIT
for (const p of ['(', '[z-a]', '*', '(?<n>a)(?<n>b)', '\\', 'a{2,1}']) {
    try {
        new RegExp(p);
        console.log('no error');
    } catch (e) {
        console.log(e.name, e.message); // => SyntaxError Invalid regular expression: /(/: Unterminated group
        // => SyntaxError Invalid regular expression: /[z-a]/: Range out of order in character class
        // => SyntaxError Invalid regular expression: /*/: Nothing to repeat
        // => SyntaxError Invalid regular expression: /(?<n>a)(?<n>b)/: Duplicate capture group name
        // => SyntaxError Invalid regular expression: /\/: \ at end of pattern
        // => SyntaxError Invalid regular expression: /a{2,1}/: numbers out of order in {} quantifier
    }
}
