const re = /a/g;
re.lastIndex = { valueOf() { return 1.9; } };
console.log(re.exec('aaa').index, re.lastIndex); // expect: 1 2
re.lastIndex = -5;
console.log(re.exec('aaa').index); // expect: 0
re.lastIndex = '2';
console.log(re.exec('aaa').index); // expect: 2
re.lastIndex = Infinity;
console.log(re.exec('aaa'), re.lastIndex); // expect: null 0
