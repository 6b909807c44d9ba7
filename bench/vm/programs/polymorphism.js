// SPDX-License-Identifier: MIT
// One call site, many shapes: method dispatch over a class hierarchy and over plain objects.
const print = globalThis.console ? console.log : globalThis.print;

class Shape {
    constructor(name) {
        this.name = name;
    }
    area() {
        return 0;
    }
    scaled(k) {
        return this.area() * k * k;
    }
}
class Circle extends Shape {
    constructor(r) {
        super('circle');
        this.r = r;
    }
    area() {
        return 3 * this.r * this.r;
    }
}
class Rect extends Shape {
    constructor(w, h) {
        super('rect');
        this.w = w;
        this.h = h;
    }
    area() {
        return this.w * this.h;
    }
}
class Square extends Rect {
    constructor(s) {
        super(s, s);
        this.name = 'square';
    }
    scaled(k) {
        return super.scaled(k) + 1;
    }
}
class Triangle extends Shape {
    constructor(b, h) {
        super('triangle');
        this.h = h;
        this.b = b;
    }
    area() {
        return (this.b * this.h) / 2;
    }
}

const shapes = [];
for (let i = 0; i < 1000; i++) shapes.push([new Circle(i), new Rect(i, 2), new Square(i), new Triangle(i, 4)][i % 4]);
let total = 0;
for (let round = 0; round < 2000; round++)
    for (const s of shapes) total = (total + s.scaled(round % 3) + s.name.length) % 1000003;

const visitors = [
    { visit: x => x + 1 },
    { pre: 1, visit: x => x * 2 },
    { visit(x) { return x - this.by; }, by: 3 },
    Object.create({ visit: x => x ^ 5 }),
    Object.assign(Object.create(null), { visit: x => (x >> 1) + 7 }),
];
let x = 1;
for (let i = 0; i < 2500000; i++) x = visitors[i % 5].visit(x) & 0xffff;
let instances = 0;
for (let i = 0; i < 1500000; i++) if (shapes[i % 1000] instanceof Rect) instances++;
print('polymorphism', total, x, instances);
