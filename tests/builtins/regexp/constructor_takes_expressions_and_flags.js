const re = /a/gi;
console.log(RegExp(re) === re, new RegExp(re) === re, RegExp(re, 'm').flags, new RegExp(re).flags); // expect: true false m gi
console.log(String(new RegExp()), String(new RegExp(undefined, 'g')), String(new RegExp('')), String(RegExp(null))); // expect: /(?:)/ /(?:)/g /(?:)/ /null/
console.log(new RegExp('/').source, new RegExp('[/]').source, new RegExp('\\/').source, JSON.stringify(new RegExp('\n').source)); // expect: \/ [/] \/ "\\n"
console.log(RegExp({ [Symbol.match]: true, source: 'q', flags: 'y', constructor: 1 }).toString()); // expect: /q/y
class Sub extends RegExp {}
console.log(new Sub('a', 'g') instanceof Sub, new Sub('a').toString(), Object.prototype.toString.call(new Sub('x'))); // expect: true /a/ [object RegExp]
console.log(RegExp.length, RegExp.name, RegExp.prototype.constructor === RegExp, RegExp[Symbol.species] === RegExp); // expect: 2 RegExp true true
