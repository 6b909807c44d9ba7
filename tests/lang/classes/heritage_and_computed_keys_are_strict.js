// SPDX-License-Identifier: MIT
function attempt(f) {
    try {
        f();
        console.log('silent');
    } catch (e) {
        console.log(e.name, e.message);
    }
}
attempt(() => { true.w = 1; }); // => silent
attempt(() => class { [(true.w = 1)] = 1; }); // => TypeError Cannot create property 'w' on boolean 'true'
attempt(() => class extends (true.w = 1, Object) {}); // => TypeError Cannot create property 'w' on boolean 'true'
attempt(() => class { [(undeclared = 1)]() {} }); // => ReferenceError undeclared is not defined
attempt(() => class { static [delete Object.freeze([1])[0]]() {} }); // => TypeError Cannot delete property '0' of [object Array]
attempt(() => { class A { [(A.x, 1)]() {} } }); // => ReferenceError Cannot access 'A' before initialization
attempt(function f() { class A { [(f = 1)]() {} } }); // => TypeError Assignment to constant variable.
attempt(() => { class A { [`${class { [(1).x = 2] = 1; }}`]() {} } }); // => TypeError Cannot create property 'x' on number '1'
attempt(() => { class A { [(() => 1)()]() {} } true.w = 1; }); // => silent
attempt(function* () { class A { [yield 1] = (true.w = 1); } }); // => silent
