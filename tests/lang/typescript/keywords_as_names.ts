// SPDX-License-Identifier: MIT
type type = string;
const type = 't';
const as = 1, of = 2, namespace = 3, module = 4, declare = 5, abstract = 6, readonly = 7, is = 8, keyof = 9, satisfies = 10, infer = 11, override = 12, accessor = 13, asserts = 14, get = 15, global = 16;
let x = as as number;
console.log(type, x + of + namespace + module + declare + abstract + readonly + is + keyof + satisfies + infer + override + accessor + asserts + get + global);

// => t 136
