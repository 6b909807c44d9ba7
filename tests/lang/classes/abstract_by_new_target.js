// SPDX-License-Identifier: MIT
class Shape {
    constructor() {
        if (new.target === Shape) throw new TypeError('abstract');
    }
}
class Square extends Shape {}
console.log(new Square() instanceof Shape); // => true
try {
    new Shape();
} catch (e) {
    console.log(e.message); // => abstract
}
