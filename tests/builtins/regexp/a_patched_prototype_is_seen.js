const exec = RegExp.prototype.exec;
let calls = 0;
RegExp.prototype.exec = function (s) { calls++; return exec.call(this, s); };
console.log('aXbXc'.replace(/X/g, '-'), /a/.test('a'), 'ab'.match(/a/g).length, 'a1b'.split(/\d/).length, 'abc'.search(/c/), calls); // expect: a-b-c true 1 2 2 10
RegExp.prototype.exec = exec;
calls = 0;
console.log('aXb'.replace(/X/g, '-'), calls); // expect: a-b 0
