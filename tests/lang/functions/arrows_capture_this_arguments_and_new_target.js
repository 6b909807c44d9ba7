// SPDX-License-Identifier: MIT
function F() {
    const f = () => [this === o, arguments.length, new.target === undefined].join();
    return f('ignored', 1, 2);
}
const o = {};
console.log(F.call(o, 'a')); // => true,1,true
