class A {}
export class B extends A {
    constructor(x) { super(x); this.x = x; }
    m() { return super.toString(); }
}
