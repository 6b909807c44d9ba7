// SPDX-License-Identifier: MIT
function message(text) {
  try { JSON.parse(text); } catch (e) { return e.name + ': ' + e.message; }
}
console.log(message('[1,2,x]')); // expect: SyntaxError: Unexpected token 'x', "[1,2,x]" is not valid JSON
console.log(message('')); // expect: SyntaxError: Unexpected end of JSON input
console.log(message('{a:1}')); // expect: SyntaxError: Expected property name or '}' in JSON at position 1
console.log(message('[1 2]')); // expect: SyntaxError: Expected ',' or ']' after array element in JSON at position 3
console.log(message('1 2')); // expect: SyntaxError: Unexpected non-whitespace character after JSON at position 2
console.log(message('undefined')); // expect: SyntaxError: "undefined" is not valid JSON
