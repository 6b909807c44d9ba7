// SPDX-License-Identifier: MIT
function* g() {
    yield arguments.length;
    yield this.name;
    arguments[0] = 'changed';
    yield arguments[0];
}
console.log([...g.call({ name: 'n' }, 1, 2)].join()); // => 2,n,changed
