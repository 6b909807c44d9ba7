// SPDX-License-Identifier: MIT
// Array methods with callbacks: map, filter, reduce, sort, flatMap, find, every, from.
const print = globalThis.console ? console.log : globalThis.print;

const random = (seed => () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0))(42);
const numbers = Array.from({ length: 50000 }, () => random() % 100000);
let check = 0;
for (let round = 0; round < 14; round++) {
    const kept = numbers.map((x, i) => x + i).filter(x => x % 3 !== 0);
    check += kept.reduce((a, b) => (a + b) % 1000007, 0);
    check += numbers.slice().sort((a, b) => a - b)[round * 1000];
    check += numbers.findIndex(x => x === -1) + (numbers.some(x => x > 99990) ? 1 : 0) + (numbers.every(x => x >= 0) ? 1 : 0);
    check += numbers.flatMap(x => (x & 1 ? [x, x + 1] : [])).length;
    numbers.forEach((x, i) => {
        if (i % 1000 === 0) check += x;
    });
}
const people = numbers.slice(0, 15000).map((n, i) => ({ id: i, name: 'p' + (n % 977), age: n % 90 }));
people.sort((a, b) => a.age - b.age || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id));
check += people[5000].id;
print('arrays_higher', check, people[10].name, [...numbers].sort().slice(0, 5).join());
