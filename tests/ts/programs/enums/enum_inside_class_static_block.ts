class K { static v: number; static { enum L { A = 6 } K.v = L.A; } }
console.log(K.v);
