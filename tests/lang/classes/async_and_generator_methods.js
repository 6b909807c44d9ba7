// SPDX-License-Identifier: MIT
class A {
    *g() {
        yield 1;
    }
    async a() {
        return 2;
    }
    async *ag() {
        yield 3;
    }
    static async sa() {
        return 4;
    }
}
const a = new A();
(async () => {
    console.log([...a.g()][0], await a.a(), (await a.ag().next()).value, await A.sa()); // => 1 2 3 4
})();
