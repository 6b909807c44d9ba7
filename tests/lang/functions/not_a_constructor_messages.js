// SPDX-License-Identifier: MIT
const arrow = () => {};
const o = { m() {} };
async function a() {}
for (const f of [() => new arrow(), () => new o.m(), () => new a(), () => new (void 0)(), () => new Math.max(), () => new o.none()]) {
    try {
        f();
    } catch (e) {
        console.log(e.message); // => arrow is not a constructor
        // => o.m is not a constructor
        // => a is not a constructor
        // => (void 0) is not a constructor
        // => Math.max is not a constructor
        // => o.none is not a constructor
    }
}
