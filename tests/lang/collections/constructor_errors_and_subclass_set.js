// SPDX-License-Identifier: MIT
for (const f of [() => Map(), () => new Map([1]), () => new Map(5), () => Map.prototype.get.call({}, 1)]) {
    try {
        f();
    } catch (e) {
        console.log(e.message); // => Constructor Map requires 'new'
        // => Iterator value 1 is not an entry object
        // => number 5 is not iterable (cannot read property Symbol(Symbol.iterator))
        // => Method Map.prototype.get called on incompatible receiver #<Object>
    }
}
