export class Counter {
    static made = 0;
    #n = 0;
    next() { return ++this.#n; }
    get value() { return this.#n; }
}
