const y = /a/y;
console.log('aab'.replace(y, 'x'), y.lastIndex, 'aab'.replace(y, 'x'), y.lastIndex, 'aab'.replace(y, 'x'), y.lastIndex); // expect: xab 1 axb 2 aab 0
console.log('aaba'.replace(/a/gy, 'x')); // expect: xxba
const g = /b/g;
g.lastIndex = 3;
console.log('bbb'.replace(g, 'c'), g.lastIndex); // expect: ccc 0
let text;
try { 'a'.replaceAll(/a/, ''); } catch (e) { text = e.name + ': ' + e.message; }
console.log(text, 'aa'.replaceAll(/a/g, 'b')); // expect: TypeError: String.prototype.replaceAll called with a non-global RegExp argument bb
