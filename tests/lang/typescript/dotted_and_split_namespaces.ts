// SPDX-License-Identifier: MIT
namespace A.B.C {
    export let n = 1;
}
namespace A.B {
    export const read = () => C.n;
}
A.B.C.n = 5;
console.log(A.B.read(), Object.keys(A.B).join());

// => 5 C,read
