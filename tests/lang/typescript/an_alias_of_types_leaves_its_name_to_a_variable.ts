// SPDX-License-Identifier: MIT
namespace M { export interface I { a: 1 } }
import a = M;
var a: any = 1;
var b: any = 2;
import b = M.I;
import c = M;
let c: any = () => c;
import D = M;
class D { static x = 4; }
console.log(a, b, c() === c, D.x); // => 1 2 true 4
