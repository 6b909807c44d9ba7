// SPDX-License-Identifier: MIT
(async () => {
    const out = [];
    for await (const x of [1, Promise.resolve(2), { then: r => r(3) }]) out.push(x);
    for await (const x of (async function* () { yield 'a'; yield 'b'; })()) out.push(x);
    console.log(out.join()); // => 1,2,3,a,b
})();
