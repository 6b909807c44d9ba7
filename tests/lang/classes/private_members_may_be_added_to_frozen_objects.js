// SPDX-License-Identifier: MIT
// As in V8 and JavaScriptCore: private names are no properties, so freezing does not touch them.
class Returns { constructor(o) { return o; } }
class Stamped extends Returns {
    #mark = 1;
    #method() { return this.#mark; }
    static read(o) { return #mark in o && o.#method(); }
}
const frozen = Object.freeze({});
new Stamped(frozen);
console.log(Stamped.read(frozen), Object.isFrozen(frozen));
// => 1 true
