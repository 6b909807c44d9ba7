// SPDX-License-Identifier: MIT
const o = { list: [] };
let undef;
for (const f of [() => undef(), () => o.list.first(), () => o.list[0].name, () => new undef(), () => missing, () => null.x, () => [].reduce((a, b) => a), () => 'x'.repeat(-1), () => new Array(-1), () => (1).toFixed(200), () => Symbol() + 1, () => Object.defineProperty(1, 'x', {}), () => Reflect.construct(1), () => structuredCloneMissing(1)]) {
    try {
        f();
    } catch (e) {
        console.log(`${e.name}: ${e.message}`); // => TypeError: undef is not a function
        // => TypeError: o.list.first is not a function
        // => TypeError: Cannot read properties of undefined (reading 'name')
        // => TypeError: undef is not a constructor
        // => ReferenceError: missing is not defined
        // => TypeError: Cannot read properties of null (reading 'x')
        // => TypeError: Reduce of empty array with no initial value
        // => RangeError: Invalid count value: -1
        // => RangeError: Invalid array length
        // => RangeError: toFixed() digits argument must be between 0 and 100
        // => TypeError: Cannot convert a Symbol value to a number
        // => TypeError: Object.defineProperty called on non-object
        // => TypeError: 1 is not a constructor
        // => ReferenceError: structuredCloneMissing is not defined
    }
}
