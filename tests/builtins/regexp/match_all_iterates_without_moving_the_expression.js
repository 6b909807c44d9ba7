const re = /(?<l>[a-z])(\d)?/g;
re.lastIndex = 1;
const all = [...'a1b2c'.matchAll(re)];
console.log(all.map((m) => m.index + m[0] + m.groups.l + m[2]).join()); // expect: 2b2b2,4ccundefined
console.log(re.lastIndex); // expect: 1
const it = 'ab'.matchAll(/(?:)/g);
console.log(it.next().value.index, it.next().value.index, it.next().value.index, it.next().done, it.next().done); // expect: 0 1 2 true true
console.log(Object.prototype.toString.call(it), it[Symbol.iterator]() === it); // expect: [object RegExp String Iterator] true
let text;
try { 'a'.matchAll(/a/); } catch (e) { text = e.name + ': ' + e.message; }
console.log(text); // expect: TypeError: String.prototype.matchAll called with a non-global RegExp argument
console.log([...'a.b.'.matchAll('.')].length); // expect: 4
