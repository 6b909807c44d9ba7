// SPDX-License-Identifier: MIT
console.log('$42 €7'.match(/(?<=\$)\d+/)[0], 'a1b2'.replace(/\d(?!2)/g, '#'), '<a><b>'.match(/<.+?>/)[0], 'price: 5'.match(/(?<!\d)5/).index, /^(?:a|ab)(?:c|bcd)(d*)$/.exec('abcd')[1]); // => 42 a#b# <a> 7
