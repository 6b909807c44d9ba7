// SPDX-License-Identifier: MIT
function attempt(f) {
    try {
        console.log(f());
    } catch (e) {
        console.log(e.message);
    }
}
attempt(() => { const [a = 1] = [a]; return a; }); // => Cannot access 'a' before initialization
attempt(() => { const { a = 1 } = { a: a == 1 }; return a; }); // => Cannot access 'a' before initialization
attempt(() => { for (const [a = 1] of [[a]]) return a; }); // => Cannot access 'a' before initialization
attempt(() => (([a = 1] = [a]) => a)()); // => Cannot access 'a' before initialization
attempt(() => (({ a = 1 } = { a }) => a)()); // => Cannot access 'a' before initialization
attempt(() => { const [a = b, b = 1] = []; return a; }); // => Cannot access 'b' before initialization
attempt(() => { const [a = 1, b = a + 1] = []; return a + b; }); // => 3
attempt(() => (([a = 1, b = a]) => a + b)([])); // => 2
attempt(() => { try { throw []; } catch ([a = 1, b = a]) { return a + b; } }); // => 2
