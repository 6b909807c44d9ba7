// SPDX-License-Identifier: MIT
const show = (it) => JSON.stringify([...it]);
console.log(show(Iterator.zip([[1, 2, 3], 'ab'.split('')]))); // => [[1,"a"],[2,"b"]]
console.log(show(Iterator.zip([[1, 2, 3], ['a']], { mode: 'longest', padding: [0, '-'] }))); // => [[1,"a"],[2,"-"],[3,"-"]]
try { show(Iterator.zip([[1, 2], [1]], { mode: 'strict' })); } catch (e) { console.log(e.name); } // => TypeError
console.log(show(Iterator.zipKeyed({ n: [1, 2], s: new Set(['x', 'y']) }))); // => [{"n":1,"s":"x"},{"n":2,"s":"y"}]
const closed = [];
const open = (name) => ({ next: () => ({ done: false, value: name }), return() { closed.push(name); return {}; } });
Iterator.zip([open('first'), open('second'), []]).next();
console.log(closed.join(' ')); // => second first
const started = Iterator.zip([open('a'), open('b')]);
started.next();
started.return();
console.log(closed.join(' ')); // => second first b a
