// SPDX-License-Identifier: MIT
async function* inner() {
    yield 'a';
    return 'inner result';
}
async function* outer() {
    const r = yield* inner();
    yield r;
    yield* [Promise.resolve('p'), 'q'];
}
(async () => {
    const out = [];
    for await (const x of outer()) out.push(x);
    console.log(out.join()); // => a,inner result,p,q
})();
