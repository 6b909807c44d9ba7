// SPDX-License-Identifier: MIT
const o = {
    name: 'o',
    async m() {
        await null;
        return (async () => this.name)();
    },
    async *g() {
        yield this.name;
    },
};
o.m().then(v => console.log(v));
o.g().next().then(r => console.log(r.value, r.done));

// => o false
// => o
