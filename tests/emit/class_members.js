export class A extends Object {
    #x = 1;
    static y = 2;
    get x() { return this.#x; }
    #m() {}
    call() { this.#m(); super.toString(); }
}
