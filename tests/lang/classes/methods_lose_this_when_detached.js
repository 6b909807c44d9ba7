// SPDX-License-Identifier: MIT
class A {
    x = 1;
    m() {
        return this?.x;
    }
    arrow = () => this.x;
}
const { m, arrow } = new A();
console.log(m(), arrow()); // => undefined 1
