namespace Shapes {
    export abstract class Shape { abstract area(): number; describe() { return `${this.constructor.name} ${this.area()}`; } }
    export class Square extends Shape { constructor(private side: number) { super(); } area() { return this.side ** 2; } }
    class Hidden extends Square {}
    export function hidden() { return new Hidden(3); }
}
console.log(new Shapes.Square(2).describe(), Shapes.hidden().describe(), Object.keys(Shapes).join());
