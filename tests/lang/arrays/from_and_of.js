// SPDX-License-Identifier: MIT
console.log(Array.from({ length: 3 }, (_, i) => i * i).join(), Array.from('ab', c => c + c).join(), Array.of(7).length, Array(3).length, Array.from(new Map([[1, 2]])).join(), Array.from({ length: 2, 0: 'x' }).join('|')); // => 0,1,4 aa,bb 1 3 1,2 x|
