// SPDX-License-Identifier: MIT
// 100,000 deep: either it works or it is a RangeError that a test can catch; never a crash.
function verdict(fn, right) {
    try {
        return fn() === right ? 'works' : 'wrong';
    } catch (e) {
        return e instanceof RangeError ? 'RangeError' : 'wrong error: ' + e;
    }
}
const down = n => (n === 0 ? 0 : 1 + down(n - 1));
const viaArray = n => (n === 0 ? 0 : 1 + [n].map(x => viaArray(x - 1))[0]);
const viaGetter = n => ({ get v() { return n === 0 ? 0 : 1 + viaGetter(n - 1).v; } });
class Deep {
    constructor(n) {
        this.inner = n === 0 ? null : new Deep(n - 1);
    }
}
const nested = n => {
    let list = [];
    for (let i = 0; i < n; i++) list = [list];
    return list;
};

test.each([
    ['calls', () => down(100000), 100000],
    ['through map', () => viaArray(100000), 100000],
    ['through getters', () => viaGetter(100000).v, 100000],
    ['constructors', () => (new Deep(100000), 1), 1],
    ['JSON.stringify', () => JSON.stringify(nested(100000)).length, 200002],
    ['JSON.parse', () => JSON.parse('['.repeat(100000) + ']'.repeat(100000)).length, 1],
    ['without end', () => { const f = () => f() + 1; return f(); }, -1],
])('recursion: %s', (_, fn, right) => {
    expect(['works', 'RangeError']).toContain(verdict(fn, right));
});
