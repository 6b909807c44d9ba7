// SPDX-License-Identifier: MIT
console.log('😀'.length, '😀'.codePointAt(0), String.fromCodePoint(128512) === '😀', 'e\u0301'.normalize('NFC').length, 'ß'.toUpperCase(), 'İ'.toLowerCase().length, 'Σ'.toLowerCase(), 'ΑΣ'.toLowerCase()); // => 2 128512 true 1 SS 2 σ ας
console.log('\ud800'.isWellFormed(), 'a\ud800'.toWellFormed().charCodeAt(1), 'ab'.localeCompare('ac'), [...'👨‍👩'].length); // => false 65533 -1 3
