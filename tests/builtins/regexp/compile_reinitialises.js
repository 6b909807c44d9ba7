const re = /a/g;
re.lastIndex = 3;
console.log(re.compile('b', 'i') === re, String(re), re.lastIndex, re.test('B')); // expect: true /b/i 0 true
console.log(String(re.compile(/x/y)), String(re.compile())); // expect: /x/y /(?:)/
