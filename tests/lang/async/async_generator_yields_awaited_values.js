// SPDX-License-Identifier: MIT
async function* g() {
    yield 1;
    yield Promise.resolve(2);
    const got = yield 3;
    return got;
}
(async () => {
    const it = g();
    for (let i = 0; i < 5; i++) console.log(JSON.stringify(await it.next('sent'))); // => {"value":1,"done":false}
    // => {"value":2,"done":false}
    // => {"value":3,"done":false}
    // => {"value":"sent","done":true}
    // => {"done":true}
})();
