// SPDX-License-Identifier: MIT
let C = class Inner {
    static set() {
        try {
            Inner = 1;
        } catch (e) {
            return e.message;
        }
    }
};
console.log(C.set(), typeof Inner); // => Assignment to constant variable. undefined
