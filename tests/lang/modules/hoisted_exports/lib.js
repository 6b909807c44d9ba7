// SPDX-License-Identifier: MIT
export { f, early };
var early = f() + '!';
function f() {
    return 'hoisted';
}
