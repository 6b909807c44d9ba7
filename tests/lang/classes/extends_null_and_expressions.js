// SPDX-License-Identifier: MIT
class N extends null {
    static s() {
        return Object.getPrototypeOf(N.prototype);
    }
}
console.log(N.s()); // => null
const mix = Base => class extends Base {
    mixed() {
        return 'mixed';
    }
};
class M extends mix(mix(Object)) {}
console.log(new M().mixed()); // => mixed
for (const v of [1, () => {}, {}]) {
    try {
        class X extends v {}
    } catch (e) {
        console.log(e.name, e.message.replace(/\s+/g, ' ')); // => TypeError Class extends value 1 is not a constructor or null
        // => TypeError Class extends value () => {} is not a constructor or null
        // => TypeError Class extends value #<Object> is not a constructor or null
    }
}
