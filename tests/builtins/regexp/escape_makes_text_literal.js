console.log(RegExp.escape('a.b*c')); // expect: \x61\.b\*c
console.log(RegExp.escape('1+1=2')); // expect: \x31\+1\x3d2
console.log(RegExp.escape('_x y')); // expect: _x\x20y
console.log(RegExp.escape('\n\u2028-')); // expect: \n\u2028\x2d
console.log(RegExp.escape('(\u{1f600})')); // expect: \(😀\)
console.log(RegExp.escape('/[]')); // expect: \/\[\]
console.log(RegExp.escape('\ud800')); // expect: \ud800
let text;
try { RegExp.escape(1); } catch (e) { text = e.name + ': ' + e.message; }
console.log(text); // expect: TypeError: input argument must be a string
