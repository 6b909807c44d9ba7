console.log('a1b2'.replace(/(\w)(\d)/g, (m, a, b, at, s) => `<${m}${a}${b}${at}${s}>`)); // expect: <a1a10a1b2><b2b22a1b2>
console.log('a1'.replace(/(?<l>\w)(?<d>\d)/, (...args) => JSON.stringify(args))); // expect: ["a1","a","1",0,"a1",{"l":"a","d":"1"}]
console.log('abc'.replace('b', (m, at, s) => m + at + s), 'aba'.replaceAll('a', (m, at) => at)); // expect: ab1abcc 0b2
console.log('abc'.replace(/(x)?b/, (m, x) => String(x)), 'abc'.replace(/b/, () => '$&')); // expect: aundefinedc a$&c
const re = /a/g;
console.log('aaa'.replace(re, () => { re.lastIndex = 0; return re.lastIndex; }), re.lastIndex); // expect: 000 0
const recompiled = /(a)/g;
console.log('aaa'.replace(recompiled, (m, g) => { recompiled.compile('(?<x>b)(c)'); return g + '!'; })); // expect: a!a!a!
let text;
try { 'a'.replace(/a/, () => { throw new RangeError('mine'); }); } catch (e) { text = e.message; }
console.log(text); // expect: mine
