// SPDX-License-Identifier: MIT
const it = [1, 2, 3, 4, 5].values();
console.log(it.filter(x => x % 2).map(x => x * 10).take(2).toArray().join());
function* g() {
    yield* [1, 2, 3];
}
console.log(g().drop(1).reduce((a, b) => a + b), g().some(x => x > 2), g().every(x => x > 2), g().find(x => x > 1));
console.log(g().flatMap(x => [x, x]).toArray().join(), [...g().take(1)].length);
console.log(Iterator.from({ next: () => ({ done: true }) }) instanceof Iterator);

// => 10,30
// => 5 true false 2
// => 1,1,2,2,3,3 1
// => true
