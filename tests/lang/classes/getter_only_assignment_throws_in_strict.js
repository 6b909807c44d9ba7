// SPDX-License-Identifier: MIT
class A {
    get x() {
        return 1;
    }
}
try {
    (() => {
        'use strict';
        new A().x = 2;
    })();
} catch (e) {
    console.log(e.name, e.message); // => TypeError Cannot set property x of #<A> which has only a getter
}
