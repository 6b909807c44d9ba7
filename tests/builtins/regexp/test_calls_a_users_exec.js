const re = /a/;
re.exec = function (s) { return s === 'yes' ? {} : null; };
console.log(re.test('yes'), re.test('a')); // expect: true false
re.exec = () => 1;
let text;
try { re.test('a'); } catch (e) { text = e.message; }
console.log(text); // expect: RegExp exec method returned something other than an Object or null
re.exec = 5;
console.log(re.test('a')); // expect: true
