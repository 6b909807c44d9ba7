const re = /b/g;
re.lastIndex = 2;
console.log('abcb'.search(re), re.lastIndex, 'abc'.search(/x/), 'abc'.search('c'), 'abc'.search(), 'bab'.search(/a/y)); // expect: 1 2 -1 2 0 -1
console.log('x'.search({ [Symbol.search]: () => 42 })); // expect: 42
