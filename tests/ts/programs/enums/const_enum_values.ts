const enum C { A, B = 5, D = B << 1, S = "str", T = S + "!" }
console.log(C.A, C.B, C.D, C.S, C.T, C["B"]);
