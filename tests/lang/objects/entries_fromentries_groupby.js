// SPDX-License-Identifier: MIT
const o = Object.fromEntries(new Map([['a', 1], ['b', 2]]));
console.log(JSON.stringify(o), JSON.stringify(Object.groupBy([1, 2, 3], x => (x % 2 ? 'odd' : 'even'))));
console.log(Object.getPrototypeOf(Object.groupBy([], x => x)), Map.groupBy([1, 2, 3], x => x > 1).get(true).join());

// => {"a":1,"b":2} {"odd":[1,3],"even":[2]}
// => null 2,3
