console.log(JSON.stringify('a1b2c3'.split(/\d/)), JSON.stringify('a1b2'.split(/(\d)/)), JSON.stringify('a1b2c'.split(/\d/, 2))); // expect: ["a","b","c",""] ["a","1","b","2",""] ["a","b"]
console.log(JSON.stringify('abc'.split(/(?:)/)), JSON.stringify(''.split(/(?:)/)), JSON.stringify(''.split(/x/)), JSON.stringify('ab'.split(/(?:)/, 0))); // expect: ["a","b","c"] [] [""] []
console.log(JSON.stringify('aabbaa'.split(/b*/)), JSON.stringify('A<B>b</B>'.split(/<(\/)?([^<>]+)>/)), JSON.stringify('ab'.split(/a*?/)), JSON.stringify('ab'.split(/a*/))); // expect: ["a","a","a","a"] ["A",null,"B","b","/","B",""] ["a","b"] ["","b"]
console.log(JSON.stringify('\u{1f600}x'.split(/(?:)/u)), '\u{1f600}'.split(/(?:)/).length); // expect: ["😀","x"] 2
console.log(JSON.stringify('a,b'.split(/,/y)), JSON.stringify('abc'.split(/$/)), JSON.stringify('a\nb'.split(/^/m))); // expect: ["a","b"] ["abc"] ["a\n","b"]
console.log(JSON.stringify('a,b,c'.split(',')), JSON.stringify('a,b,c'.split(',', 2)), JSON.stringify('abc'.split('')), JSON.stringify('abc'.split()), JSON.stringify(''.split('')), JSON.stringify(''.split(',')), JSON.stringify('a,b'.split(',', -1)), JSON.stringify('ab'.split(undefined, 0))); // expect: ["a","b","c"] ["a","b"] ["a","b","c"] ["abc"] [] [""] ["a","b"] []
console.log(JSON.stringify('a1b'.split({ [Symbol.split](s, l) { return [s, l]; } }, 5))); // expect: ["a1b",5]
