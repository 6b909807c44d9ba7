const f = <const T extends readonly unknown[], U = T>(x: T, y?: U) => x.length; function g<const T>(x: T) { return x; } class K<in T, out U, in out V, const W> { m<const Z>(z: Z) { return z; } }
console.log(f([1, 2]), g({ a: 1 }).a, new K().m(3));
