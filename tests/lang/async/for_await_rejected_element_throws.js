// SPDX-License-Identifier: MIT
(async () => {
    try {
        for await (const x of [Promise.resolve(1), Promise.reject(new Error('second'))]) console.log(x); // => 1
    } catch (e) {
        console.log(e.message); // => second
    }
})();
