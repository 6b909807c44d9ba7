// SPDX-License-Identifier: MIT
'use strict';
const frozen = Object.freeze([1]);
const o = { get g() { return 1; } };
for (const f of [() => { frozen[0] = 2; }, () => frozen.push(2), () => { o.g = 2; }, () => { 'text'.length = 1; }, () => { undefined.x = 1; }, () => { (5).x = 1; }, () => { NaN = 1; }]) {
    try {
        f();
        console.log('no error');
    } catch (e) {
        console.log(e.name, e.message); // => TypeError Cannot assign to read only property '0' of object '[object Array]'
        // => TypeError Cannot add property 1, object is not extensible
        // => TypeError Cannot set property g of #<Object> which has only a getter
        // => TypeError Cannot assign to read only property 'length' of string 'text'
        // => TypeError Cannot set properties of undefined (setting 'x')
        // => TypeError Cannot create property 'x' on number '5'
        // => TypeError Cannot assign to read only property 'NaN' of object '#<Object>'
    }
}
