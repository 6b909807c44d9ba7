// SPDX-License-Identifier: MIT
const A = class {};
const o = { B: class {} };
let C;
C = class {};
class D {
    static E = class {};
    static name2 = this.name;
}
console.log(A.name, o.B.name, C.name, D.E.name, D.name2, (class {}).name === ''); // => A B C E D true
