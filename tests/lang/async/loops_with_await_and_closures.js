// SPDX-License-Identifier: MIT
const tick = () => new Promise(r => queueMicrotask(r));
(async () => {
    const fns = [];
    for (let i = 0; i < 3; i++) {
        await tick();
        fns.push(() => i);
    }
    console.log(fns.map(f => f()).join()); // => 0,1,2
})();
