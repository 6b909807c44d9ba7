// SPDX-License-Identifier: MIT
const o = {}, n = null, f = () => 5, num = 5, s = 'a';
function attempt(g) {
    try {
        g();
    } catch (e) {
        console.log(e.message);
    }
}
attempt(() => (num + 1 + 2).m()); // => (num + 1 + 2).m is not a function
attempt(() => (n ?? o).m()); // => (n ?? o).m is not a function
attempt(() => (num != 1)()); // => (!(num == 1)) is not a function
attempt(() => (-1).m()); // => -1.m is not a function
attempt(() => (num ? o : n).m()); // => (intermediate value)(intermediate value)(intermediate value).m is not a function
attempt(() => new Object().m()); // => (intermediate value).m is not a function
attempt(() => ({ a: num, b() {} }).m()); // => {(intermediate value)(intermediate value)}.m is not a function
attempt(() => f(1, 2).m()); // => f(...).m is not a function
attempt(() => o['x'].m /* here */ ()); // => Cannot read properties of undefined (reading 'm')
attempt(() => o[s + 1]()); // => o[(s + 1)] is not a function
attempt(() => o?.m()); // => o?.m is not a function
attempt(() => [1, 'b', ...s].m()); // => [1,"b",(...s)].m is not a function
attempt(() => `${num}`.m()); // => num.m is not a function
attempt(() => { for (const x of o.list()) f(x); }); // => o.list is not a function or its return value is not iterable
attempt(() => { for (const x of f(1)) f(x); }); // => f is not a function or its return value is not iterable
attempt(() => { const [x] = 0; }); // => 0 is not iterable
attempt(() => f(...o.x)); // => o.x is not iterable (cannot read property undefined)
attempt(() => { const { x } = o?.y; }); // => Cannot destructure property 'x' of '(intermediate value)' as it is undefined.
attempt(() => [...(function* () { yield* num + 1; })()]); // => yield* (intermediate value) is not iterable
