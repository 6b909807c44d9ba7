const m = /(\d+)-(?<b>\w)?/.exec('x 12-z');
console.log(JSON.stringify(m)); // expect: ["12-z","12","z"]
console.log(m.index, m.input, m.length); // expect: 2 x 12-z 3
console.log(JSON.stringify(Object.keys(m))); // expect: ["0","1","2","index","input","groups"]
console.log(JSON.stringify(m.groups), Object.getPrototypeOf(m.groups)); // expect: {"b":"z"} null
console.log(/(a)|(b)/.exec('b')[1]); // expect: undefined
console.log(/a/.exec('b')); // expect: null
