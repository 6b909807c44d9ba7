// SPDX-License-Identifier: MIT
class A {}
for (const f of [() => A(), () => A.call({}), () => Reflect.apply(A, null, [])]) {
    try {
        f();
    } catch (e) {
        console.log(e.message); // => Class constructor A cannot be invoked without 'new'
        // => Class constructor A cannot be invoked without 'new'
        // => Class constructor A cannot be invoked without 'new'
    }
}
