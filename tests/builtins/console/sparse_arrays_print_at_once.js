// SPDX-License-Identifier: MIT
const a = new Array(4294967295); console.log(a);
a[5] = 1; a[3000000000] = 2; console.log(a);
const b = []; b[5000] = 'x'; b.length = 6000; b.p = 1; console.log(b);
const c = Array(2000); c[1999] = 1; console.log(c);
console.log([1,,3,,,]);
// => [ <4294967295 empty items> ]
// => [
// =>   <5 empty items>,
// =>   1,
// =>   <2999999994 empty items>,
// =>   2,
// =>   <1294967294 empty items>
// => ]
// => [ <5000 empty items>, 'x', <999 empty items>, p: 1 ]
// => [ <1999 empty items>, 1 ]
// => [ 1, <1 empty item>, 3, <2 empty items> ]
