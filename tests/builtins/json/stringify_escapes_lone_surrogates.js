// SPDX-License-Identifier: MIT
console.log(JSON.stringify('\ud800')); // expect: "\ud800"
console.log(JSON.stringify('\udc00x\n"')); // expect: "\udc00x\n\""
console.log(JSON.stringify('\ud83d\ude00') === '"\ud83d\ude00"'); // expect: true
