/(b)(c)?(?:d)(e)/.exec('abdef');
console.log(RegExp.$1, RegExp.$2 === '', RegExp.$3, RegExp.$4 === ''); // expect: b true e true
console.log(RegExp.lastMatch, RegExp['$&'], RegExp.lastParen, RegExp['$+'], RegExp.leftContext, RegExp['$`'], RegExp.rightContext, RegExp["$'"]); // expect: bde bde e e a a f f
console.log(RegExp.input, RegExp.$_); // expect: abdef abdef
'x-y'.replace(/(.)-(.)/, '');
console.log(RegExp.$1, RegExp.$2, /q/.test('z'), RegExp.$1); // expect: x y false x
RegExp.input = 'mine';
console.log(RegExp.$_); // expect: mine
