// SPDX-License-Identifier: MIT
const o = Object.defineProperty({ a: 1 }, 'fixed', { value: 1 });
console.log(delete o.a, delete o.none, 'a' in o, delete o.fixed); // => true true false false
try {
    (() => {
        'use strict';
        delete o.fixed;
    })();
} catch (e) {
    console.log(e.message); // => Cannot delete property 'fixed' of #<Object>
}
