function message(f) { try { f(); } catch (e) { return e.name + ': ' + e.message; } }
for (const name of ['match', 'matchAll', 'replace', 'replaceAll', 'search', 'split']) String.prototype[name].x = message(() => String.prototype[name].call(null, /a/g));
console.log(String.prototype.match.x); // expect: TypeError: String.prototype.match called on null or undefined
console.log(String.prototype.replaceAll.x); // expect: TypeError: String.prototype.replaceAll called on null or undefined
console.log(String.prototype.split.x); // expect: TypeError: String.prototype.split called on null or undefined
console.log(String.prototype.replace.call(12345, /3/, 'x'), String.prototype.split.call(10203, '0').join()); // expect: 12x45 1,2,3
