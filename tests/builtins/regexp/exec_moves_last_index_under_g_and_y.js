const g = /a/g, y = /a/y;
console.log(g.exec('baab').index, g.lastIndex, g.exec('baab').index, g.lastIndex, g.exec('baab'), g.lastIndex); // expect: 1 2 2 3 null 0
console.log(y.exec('baab'), y.lastIndex); // expect: null 0
y.lastIndex = 1;
console.log(y.test('baab'), y.lastIndex, y.test('baab'), y.lastIndex, y.test('baab'), y.lastIndex); // expect: true 2 true 3 false 0
const plain = /a/;
plain.lastIndex = 7;
console.log(plain.test('a'), plain.lastIndex); // expect: true 7
g.lastIndex = 9;
console.log(g.test('aaa'), g.lastIndex); // expect: false 0
