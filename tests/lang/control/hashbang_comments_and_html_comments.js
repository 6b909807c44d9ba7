// SPDX-License-Identifier: MIT
var x = 1; <!-- an HTML-like comment
--> another one
/* multi
   line */ x = 2; // tail
console.log(x); // => 2
