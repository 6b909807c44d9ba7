// SPDX-License-Identifier: MIT
console.log(typeof 1, typeof 1n, typeof '', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof (() => {}), typeof Symbol(), typeof class {}, typeof undeclared); // => number bigint string boolean undefined object object object function symbol function undefined
