// SPDX-License-Identifier: MIT
import * as ns from './lib.js';
console.log(Object.keys(ns).join(), ns[Symbol.toStringTag], Object.getPrototypeOf(ns), Object.isFrozen(ns), Object.isExtensible(ns), Reflect.set(ns, 'a', 2), delete ns.none, Reflect.deleteProperty(ns, 'a')); // => a,b Module null false false false true false
try {
    ns.a = 2;
} catch (e) {
    console.log(e.name, e.message); // => TypeError Cannot assign to read only property 'a' of object '[object Module]'
}
const d = Object.getOwnPropertyDescriptor(ns, 'a');
console.log(d.writable, d.enumerable, d.configurable); // => true true false
