function message(f) { try { f(); } catch (e) { return e.name + ': ' + e.message; } }
console.log(message(() => RegExp.prototype.exec.call({}))); // expect: TypeError: Method RegExp.prototype.exec called on incompatible receiver #<Object>
console.log(message(() => RegExp.prototype.toString.call(1))); // expect: TypeError: Method RegExp.prototype.toString called on incompatible receiver 1
console.log(message(() => RegExp.prototype.compile.call({}))); // expect: TypeError: Method RegExp.prototype.compile called on incompatible receiver #<Object>
console.log(message(() => RegExp.prototype[Symbol.match].call(1))); // expect: TypeError: Method RegExp.prototype.@@match called on incompatible receiver 1
console.log(message(() => RegExp.prototype[Symbol.split].call(1))); // expect: TypeError: Method RegExp.prototype.@@split called on incompatible receiver 1
console.log(message(() => RegExp.prototype.test.call({}))); // expect: TypeError: Method RegExp.prototype.exec called on incompatible receiver #<Object>
console.log(RegExp.prototype.toString.call({ source: 's', flags: 'f' })); // expect: /s/f
