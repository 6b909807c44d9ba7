// SPDX-License-Identifier: MIT
class Even {
    static [Symbol.hasInstance](n) {
        return n % 2 === 0;
    }
}
console.log(2 instanceof Even, 3 instanceof Even); // => true false
try {
    1 instanceof {};
} catch (e) {
    console.log(e.message); // => Right-hand side of 'instanceof' is not callable
}
