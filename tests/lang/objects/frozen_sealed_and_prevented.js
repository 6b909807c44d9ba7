// SPDX-License-Identifier: MIT
const f = Object.freeze({ a: 1, deep: { b: 2 } });
f.a = 2;
f.c = 3;
f.deep.b = 5;
console.log(f.a, f.c, f.deep.b, Object.isFrozen(f), Object.isSealed(f)); // => 1 undefined 5 true true
for (const change of ['f.a = 2', 'f.n = 1', 'delete f.a']) {
    try {
        'use strict';
        (function () {
            'use strict';
            if (change === 'f.a = 2') f.a = 2;
            else if (change === 'f.n = 1') f.n = 1;
            else delete f.a;
        })();
    } catch (e) {
        console.log(e.message); // => Cannot assign to read only property 'a' of object '#<Object>'
        // => Cannot add property n, object is not extensible
        // => Cannot delete property 'a' of #<Object>
    }
}
