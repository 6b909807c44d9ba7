const re = Object.freeze(/a/g);
let text;
try { re.test('a'); } catch (e) { text = e.name + ': ' + e.message; }
console.log(text); // expect: TypeError: Cannot assign to read only property 'lastIndex' of object '[object RegExp]'
console.log(Object.freeze(/a/).test('a')); // expect: true
console.log(JSON.stringify(Object.getOwnPropertyDescriptor(/a/, 'lastIndex'))); // expect: {"value":0,"writable":true,"enumerable":false,"configurable":false}
