// SPDX-License-Identifier: MIT
console.log(((a, b) => 0).length, ((a, b = 1, c) => 0).length, ((...r) => 0).length, (({ a }, [b]) => 0).length, ((a = 1) => 0).length); // => 2 1 0 2 0
