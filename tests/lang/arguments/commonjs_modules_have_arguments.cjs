// SPDX-License-Identifier: MIT
console.log(arguments.length, arguments[0] === exports, arguments[2] === module); // => 5 true true
console.log((() => arguments[1] === require)()); // => true
