// SPDX-License-Identifier: MIT
console.log(/^.$/.test('😀'), /^.$/u.test('😀'), /a.b/.test('a\nb'), /a.b/s.test('a\nb'), /\p{Lu}/u.test('É'), /\u{1F600}/u.test('😀'), 'ÀÉ'.match(/[à-ü]/gi)?.length, /[\p{L}--[a-z]]/v.test('a')); // => false true false true true true 2 false
