// SPDX-License-Identifier: MIT
class A {
    static static = 's';
    get get() {
        return 'g';
    }
    set set(v) {}
    async async() {}
    'quoted name'() {
        return 'q';
    }
    123() {
        return 'n';
    }
    new() {
        return 'new';
    }
    static async *delete() {}
}
const a = new A();
console.log(A.static, a.get, a['quoted name'](), a[123](), a.new(), typeof A.delete); // => s g q n new function
