// SPDX-License-Identifier: MIT
class Stack extends Array {
    top() {
        return this.at(-1);
    }
}
const s = Stack.from([1, 2]);
s.push(3);
console.log(s.top(), s.length, s.map(x => x) instanceof Stack, Array.isArray(s)); // => 3 3 true true
class MyError extends Error {
    name = 'MyError';
}
console.log(String(new MyError('m')), new MyError() instanceof Error); // => MyError: m true
class M extends Map {
    get(k) {
        return super.get(k) ?? 'default';
    }
}
console.log(new M([[1, 'one']]).get(1), new M().get(2)); // => one default
