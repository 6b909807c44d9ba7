// SPDX-License-Identifier: MIT
const of = (n) => Array.from({ length: n }, (_, i) => i + 1).values();
const show = (it) => JSON.stringify([...it]);
console.log(show(of(5).chunks(2))); // => [[1,2],[3,4],[5]]
console.log(show(of(4).windows(3))); // => [[1,2,3],[2,3,4]]
console.log(show(of(2).windows(3)), show(of(2).windows(3, 'allow-partial'))); // => [] [[1,2]]
for (const size of [0, 1.5, '2', 2 ** 32]) try { of(1).chunks(size); } catch (e) { console.log(e.name); }
// => RangeError
// => TypeError
// => TypeError
// => RangeError
console.log([NaN].values().includes(NaN), of(3).includes(1, 1), of(3).includes(3, 2)); // => true false true
console.log(of(3).join(), of(3).join('-'), [null, 'x', undefined].values().join('+')); // => 1,2,3 1-2-3 +x+
