// SPDX-License-Identifier: MIT
console.log(1 + '2', '3' - 1, [] + {}, [] + [], 1 + null, 1 + undefined, '1' + 1n, true + true, [1, 2] + 3); // => 12 2 [object Object]  1 NaN 11 2 1,23
