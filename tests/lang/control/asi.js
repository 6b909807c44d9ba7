// SPDX-License-Identifier: MIT
let a = 1
let b = a
;[a, b] = [b, 2]
const f = function () { return 'f' }
function g() {
    return
    'never'
}
let c = a
++b
console.log(a, b, c, f(), g()) // => 1 3 1 f undefined
var x = 5; { x } if (x) ; else x = 6
console.log(x) // => 5
