// SPDX-License-Identifier: MIT
enum N { A = -1, B, C = ~1, D = +2, E = 1.5, F = 2 ** 3, G = 7 % 4, H = 1 / 0, I = NaN } console.log(JSON.stringify(Object.entries(N)));

// => [["0","B"],["2","D"],["3","G"],["8","F"],["A",-1],["-1","A"],["B",0],["C",-2],["-2","C"],["D",2],["E",1.5],["1.5","E"],["F",8],["G",3],["H",null],["Infinity","H"],["I",null],["NaN","I"]]
