const m = /(?<y>\d+)-(x)?/d.exec('in 2024-');
console.log(JSON.stringify(m.indices)); // expect: [[3,8],[3,7],null]
console.log(JSON.stringify(m.indices.groups), m.indices[2]); // expect: {"y":[3,7]} undefined
console.log('indices' in /a/.exec('a')); // expect: false
