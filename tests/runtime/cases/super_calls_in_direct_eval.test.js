// SPDX-License-Identifier: MIT
// expect: Tests:       3 passed, 3 total
class Base {
    constructor(v) { this.v = v; }
    get twice() { return 2 * this.v; }
}

test('a derived constructor may call super in eval code, once', () => {
    class Derived extends Base {
        field = this.v + 1;
        constructor() {
            expect(eval('super(7)')).toBe(this);
            expect(() => eval('super(8)')).toThrow('Super constructor may only be called once');
        }
    }
    expect(new Derived().field).toBe(8);
    expect(new (class extends Base { constructor() { eval('(() => eval("super(3)"))()'); } })().v).toBe(3);
    expect(new (class { #p = 6; m() { return eval('eval("this.#p")'); } })().m()).toBe(6);
    expect(eval('eval("new (class extends Base { m() { return eval(`super.twice`); } })(4).m()")')).toBe(8);
});
test('nobody else may', () => {
    expect(() => new (class extends Base { m() { eval('super()'); } })().m()).toThrow(SyntaxError);
    expect(() => new (class { constructor() { eval('super()'); } })()).toThrow("'super' keyword unexpected here");
    expect(() => new (class extends Base { constructor() { eval('this'); } })()).toThrow(ReferenceError);
});
test('parameters of new Function end where their text ends', () => {
    expect(() => new Function('/*', '*/){')).toThrow('Unexpected end of arg string');
    expect(() => new Function('a', '}, function(){')).toThrow('Single function literal required');
    expect(() => new Function('a) {}, function(', '')).toThrow('Arg string terminates parameters early');
});
