function message(p, f) { try { return String(new RegExp(p, f)); } catch (e) { return e.name + ': ' + e.message; } }
console.log(message('(')); // expect: SyntaxError: Invalid regular expression: /(/: Unterminated group
console.log(message('a**', 'gi')); // expect: SyntaxError: Invalid regular expression: /a**/gi: Nothing to repeat
console.log(message('[b-a]')); // expect: SyntaxError: Invalid regular expression: /[b-a]/: Range out of order in character class
console.log(message('\\u{1', 'u')); // expect: SyntaxError: Invalid regular expression: /\u{1/u: Invalid Unicode escape
console.log(message('a', 'gg')); // expect: SyntaxError: Invalid flags supplied to RegExp constructor 'gg'
console.log(message('a', 'uv')); // expect: SyntaxError: Invalid flags supplied to RegExp constructor 'uv'
console.log(message('a', 'x')); // expect: SyntaxError: Invalid flags supplied to RegExp constructor 'x'
console.log(message('(?<n>)(?<n>)')); // expect: SyntaxError: Invalid regular expression: /(?<n>)(?<n>)/: Duplicate capture group name
console.log(message('a/b(')); // expect: SyntaxError: Invalid regular expression: /a/b(/: Unterminated group
console.log(message('\u00e9(')); // expect: SyntaxError: Invalid regular expression: /é(/: Unterminated group
