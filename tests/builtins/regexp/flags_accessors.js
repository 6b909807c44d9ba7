const re = /a/dgimsuy;
console.log(re.flags, re.hasIndices, re.global, re.ignoreCase, re.multiline, re.dotAll, re.unicode, re.unicodeSets, re.sticky); // expect: dgimsuy true true true true true true false true
console.log(/a/v.unicodeSets, /a/v.flags, /a/.flags === ''); // expect: true v true
console.log(RegExp.prototype.global, RegExp.prototype.flags === '', RegExp.prototype.source); // expect: undefined true (?:)
const flags = Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get;
console.log(flags.call({ global: 1, sticky: 'x', hasIndices: true })); // expect: dgy
function message(f) { try { f(); } catch (e) { return e.name + ': ' + e.message; } }
console.log(message(() => flags.call(1))); // expect: TypeError: RegExp.prototype.flags getter called on non-object 1
console.log(message(() => Object.getOwnPropertyDescriptor(RegExp.prototype, 'sticky').get.call({}))); // expect: TypeError: RegExp.prototype.sticky getter called on non-RegExp object
console.log(message(() => Object.getOwnPropertyDescriptor(RegExp.prototype, 'source').get.call({}))); // expect: TypeError: RegExp.prototype.source getter called on non-RegExp object
console.log(Reflect.ownKeys(RegExp.prototype).map(String).join()); // expect: constructor,exec,dotAll,flags,global,hasIndices,ignoreCase,multiline,source,sticky,unicode,compile,toString,test,unicodeSets,Symbol(Symbol.match),Symbol(Symbol.matchAll),Symbol(Symbol.replace),Symbol(Symbol.search),Symbol(Symbol.split)
