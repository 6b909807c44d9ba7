let text = 'finished';
try { /^(?:.|\n)*$/.test('a'.repeat(100000)); } catch (e) { text = e.message; }
console.log(text); // expect: finished
console.log(/(x+x+)+y/.test('x'.repeat(12)), /^(a?){25}a{25}$/.test('a'.repeat(25))); // expect: false true
