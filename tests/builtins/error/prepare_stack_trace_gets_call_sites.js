// SPDX-License-Identifier: MIT
Error.prepareStackTrace = (err, sites) => sites.map(s => s.getFunctionName() + ':' + s.getLineNumber() + ':' + s.isConstructor()).slice(0, 2).join(' ');
function inner() { return new Error('x').stack; }
function Outer() { this.text = inner(); }
console.log(new Outer().text); // expect: inner:3:false Outer:4:true
const o = {};
Error.captureStackTrace(o, inner);
console.log(typeof o.stack); // expect: string
delete Error.prepareStackTrace;
console.log(new Error('y').stack.split('\n')[0]); // expect: Error: y
