// SPDX-License-Identifier: MIT
class P {
    sum = 'field';
    constructor(public a: number, private readonly b = a * 2, protected c?: string, plain = 1) {
        this.sum = `${this.a} ${this.b} ${this.c} ${plain}`;
    }
    get all() {
        return Object.keys(this).join();
    }
}
console.log(new P(1).sum, '|', new P(1, 2, 'c').all);

// => 1 2 undefined 1 | a,b,c,sum
