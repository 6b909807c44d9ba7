// SPDX-License-Identifier: MIT
const log = [];
const inner = {
    [Symbol.iterator]() {
        return {
            next: v => (log.push('next ' + v), { value: 1, done: false }),
            throw: v => (log.push('throw ' + v), { value: 2, done: false }),
            return: v => (log.push('return ' + v), { value: 'end', done: true }),
        };
    },
};
function* g() {
    yield* inner;
}
const it = g();
it.next('a');
it.next('b');
it.throw('c');
console.log(it.return('d').value, log.join('; ')); // => end next undefined; next b; throw c; return d
