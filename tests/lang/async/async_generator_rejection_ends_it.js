// SPDX-License-Identifier: MIT
async function* g() {
    yield 1;
    throw new Error('end');
}
(async () => {
    const it = g();
    await it.next();
    await it.next().catch(e => console.log(e.message)); // => end
    console.log((await it.next()).done); // => true
})();
