console.log('a1b22c'.match(/\d+/g).join(), 'abc'.match(/x/g), 'abc'.match(/x/)); // expect: 1,22 null null
console.log(JSON.stringify('a1b22'.match(/(\d)(\d)/)), 'a1b22'.match(/(\d)(\d)/).index); // expect: ["22","2","2"] 3
console.log(JSON.stringify('abc'.match(/(?:)/g)), JSON.stringify('\u{1f600}'.match(/(?:)/gu)), '\u{1f600}'.match(/./g).length); // expect: ["","","",""] ["",""] 2
console.log('a.c'.match('.').index, 'undefined'.match().index, 'null'.match(null)[0]); // expect: 0 0 null
const g = /a/g;
g.lastIndex = 2;
console.log('aaa'.match(g).length, g.lastIndex); // expect: 3 0
console.log('aab'.match(/a/gy).length, 'baa'.match(/a/gy)); // expect: 2 null
console.log('x'.match({ [Symbol.match](s) { return 'mine ' + s; } })); // expect: mine x
