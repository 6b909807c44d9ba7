// SPDX-License-Identifier: MIT
function  spaced ( a,b ) { /* c */ return a }
const arrow = async  x=>x;
class K { m ( ) {} static get  g() { return 1 } }
console.log(spaced.toString()); // => function  spaced ( a,b ) { /* c */ return a }
console.log(String(arrow)); // => async  x=>x
console.log(K.toString()); // => class K { m ( ) {} static get  g() { return 1 } }
console.log(K.prototype.m.toString(), '|', Object.getOwnPropertyDescriptor(K, 'g').get.toString()); // => m ( ) {} | get  g() { return 1 }
