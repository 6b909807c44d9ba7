// SPDX-License-Identifier: MIT
const read = () => value;
try {
    read();
} catch (e) {
    console.log(e instanceof ReferenceError, e.message); // => true Cannot access 'value' before initialization
}
let value = 5;
console.log(read()); // => 5
