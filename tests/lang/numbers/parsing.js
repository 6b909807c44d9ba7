// SPDX-License-Identifier: MIT
console.log(Number(' 12 '), Number('0b101'), Number('1_0'), Number(''), Number('Infinity'), Number('-0x1'), Number('1e3'), Number('.5'), Number('5.'), Number([7]), Number(null), Number(undefined)); // => 12 5 NaN 0 Infinity NaN 1000 0.5 5 7 0 NaN
console.log(parseInt('12px'), parseInt('0x1f'), parseInt('101', 2), parseInt(''), parseInt('9', 8), parseFloat('3.14abc'), parseFloat('.5.5'), parseFloat('-Infinityx'), parseInt(null, 36)); // => 12 31 5 NaN NaN 3.14 0.5 -Infinity 1112745
