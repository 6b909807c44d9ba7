// SPDX-License-Identifier: MIT
abstract class Base {
    abstract get v(): number;
    static make(): Base;
    static make(n?: number): Base {
        return new (class extends Base {
            get v() {
                return n ?? 42;
            }
        })();
    }
    constructor();
    constructor(readonly tag = 'tag') {}
}
console.log(Base.make().v, Base.make().tag);

// => 42 tag
