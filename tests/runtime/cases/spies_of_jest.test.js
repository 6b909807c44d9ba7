// expect: Tests:       19 passed, 19 total
describe('mock functions', () => {
  test('what a call leaves behind', () => {
    const ctx = {}, f = jest.fn((a) => a * 2);
    expect('lastCall' in f.mock).toBe(false);
    f(1); f.call(ctx, 2, 'x');
    expect(f.mock.calls).toEqual([[1], [2, 'x']]);
    expect(f.mock.lastCall).toEqual([2, 'x']);
    expect(f.mock.results).toEqual([{ type: 'return', value: 2 }, { type: 'return', value: 4 }]);
    expect(f.mock.contexts[1]).toBe(ctx);
    expect(f.mock.instances.length).toBe(2);
    const g = jest.fn();
    g(); f();
    expect(f.mock.invocationCallOrder[2]).toBe(g.mock.invocationCallOrder[0] + 1);
    expect(f.length).toBe(1);
  });
  test('throws and recursion in results', () => {
    const f = jest.fn((n) => { if (n === 0) throw new Error('end'); try { f(n - 1); } catch {} return f.mock.results.map((r) => r.type).join(); });
    expect(f(1)).toBe('incomplete,throw');
    expect(f.mock.results[1].value.message).toBe('end');
  });
  test('once queues come first, in order', () => {
    const f = jest.fn(() => 'default').mockReturnValueOnce(1).mockImplementationOnce((x) => x).mockReturnValueOnce(3);
    expect([f('a'), f('b'), f('c'), f('d')]).toEqual([1, 'b', 3, 'default']);
  });
  test('promises', async () => {
    const f = jest.fn().mockResolvedValueOnce(1).mockRejectedValueOnce(new Error('no')).mockResolvedValue(3);
    expect(await f()).toBe(1);
    await expect(f()).rejects.toThrow('no');
    expect(await f()).toBe(3);
  });
  test('withImplementation', async () => {
    const f = jest.fn(() => 'outer');
    expect(f.withImplementation(() => 'inner', () => { expect(f()).toBe('inner'); })).toBe(undefined);
    expect(f()).toBe('outer');
    const p = f.withImplementation(() => 'later', async () => { await null; expect(f()).toBe('later'); });
    await p;
    expect(f()).toBe('outer');
    expect(() => f.withImplementation(() => 'x', () => { throw new Error('inside'); })).toThrow('inside');
  });
  test('names, this, implementation', () => {
    const f = jest.fn();
    expect(f.getMockName()).toBe('jest.fn()');
    expect(f.mockName('named')).toBe(f);
    expect(f.getMockName()).toBe('named');
    expect(f.getMockImplementation()).toBe(undefined);
    const impl = () => 1;
    f.mockImplementation(impl);
    expect(f.getMockImplementation()).toBe(impl);
    const o = { f: jest.fn().mockReturnThis() };
    expect(o.f()).toBe(o);
    expect(f._isMockFunction).toBe(true);
    expect(f.name).toBe('mockConstructor');
  });
  test('new', () => {
    const C = jest.fn(function (a) { this.a = a; });
    const c = new C(5);
    expect(c.a).toBe(5);
    expect(c instanceof C).toBe(true);
    expect(C.mock.instances[0]).toBe(c);
    const D = jest.fn(() => ({ own: 1 }));
    expect(new D()).toEqual({ own: 1 });
  });
  test('clear, reset, restore', () => {
    const f = jest.fn(() => 1).mockReturnValueOnce(2);
    f();
    const state = f.mock;
    expect(f.mockClear()).toBe(f);
    expect(f.mock).not.toBe(state);
    expect(state.calls.length).toBe(1);
    expect(f()).toBe(1);
    f.mockReturnValueOnce(9).mockName('n');
    expect(f.mockReset()).toBe(f);
    expect(f()).toBe(undefined);
    expect(f.getMockName()).toBe('jest.fn()');
    const g = jest.fn(() => 1);
    g.mockRestore();
    expect(g()).toBe(undefined);
  });
});
describe('spyOn', () => {
  afterEach(() => { jest.restoreAllMocks(); });
  test('methods call through and come back', () => {
    const o = { n: 1, m(x) { return this.n + x; } }, original = o.m;
    const spy = jest.spyOn(o, 'm');
    expect(o.m(2)).toBe(3);
    expect(spy).toHaveBeenCalledWith(2);
    expect(jest.spyOn(o, 'm')).toBe(spy);
    spy.mockImplementation(() => 'mocked');
    expect(o.m()).toBe('mocked');
    spy.mockRestore();
    expect(o.m).toBe(original);
    expect(o.m(1)).toBe(2);
  });
  test('getters and setters', () => {
    let v = 1;
    const o = { get p() { return v; }, set p(x) { v = x; } };
    const get = jest.spyOn(o, 'p', 'get').mockReturnValue(7);
    const set = jest.spyOn(o, 'p', 'set');
    expect(o.p).toBe(7);
    o.p = 5;
    expect(set).toHaveBeenCalledWith(5);
    expect(v).toBe(5);
    get.mockRestore();
    expect(o.p).toBe(5);
  });
  test('inherited methods get a shadow that goes', () => {
    class A { m() { return 'a'; } }
    const a = new A();
    const spy = jest.spyOn(a, 'm').mockReturnValue('shadow');
    expect(a.m()).toBe('shadow');
    expect(new A().m()).toBe('a');
    spy.mockRestore();
    expect(Object.hasOwn(a, 'm')).toBe(false);
    jest.spyOn(A.prototype, 'm').mockReturnValue('all');
    expect(a.m()).toBe('all');
  });
  test('statics and symbols', () => {
    const key = Symbol('k');
    class A { static s() { return 1; } [key]() { return 2; } }
    jest.spyOn(A, 's').mockReturnValue(10);
    jest.spyOn(A.prototype, key).mockReturnValue(20);
    expect([A.s(), new A()[key]()]).toEqual([10, 20]);
    jest.restoreAllMocks();
    expect([A.s(), new A()[key]()]).toEqual([1, 2]);
  });
  test('what cannot be spied on', () => {
    const o = { n: 1, get g() { return 1; }, f() {} };
    expect(() => jest.spyOn(o, 'missing')).toThrow('Property `missing` does not exist in the provided object');
    expect(() => jest.spyOn(o, 'n')).toThrow("Cannot spy on the `n` property because it is not a function; number given instead. If you are trying to mock a property, use `jest.replaceProperty(object, 'n', value)` instead.");
    expect(() => jest.spyOn(null, 'n')).toThrow(/Cannot use spyOn on a primitive value; null given|spyOn could not find an object/);
    expect(() => jest.spyOn(5, 'n')).toThrow('Cannot use spyOn on a primitive value; number given');
    expect(() => jest.spyOn(o, 'n', 'get')).toThrow('Property `n` does not have access type get');
    expect(() => jest.spyOn(o)).toThrow('No property name supplied');
  });
  test('all of them at once', () => {
    const o = { a: () => 1, b: () => 2 }, f = jest.fn(() => 3);
    const a = jest.spyOn(o, 'a').mockReturnValue(10), b = jest.spyOn(o, 'b');
    o.a(); o.b(); f();
    jest.clearAllMocks();
    expect([a, b, f].map((m) => m.mock.calls.length)).toEqual([0, 0, 0]);
    expect([o.a(), o.b(), f()]).toEqual([10, 2, 3]);
    jest.resetAllMocks();
    expect([o.a(), o.b(), f()]).toEqual([undefined, undefined, undefined]);
    f.mockReturnValue('kept');
    jest.restoreAllMocks();
    expect([o.a(), o.b(), f()]).toEqual([1, 2, 'kept']);
  });
  test('replaceProperty', () => {
    const o = { n: 1, f() {} };
    const r = jest.replaceProperty(o, 'n', 2);
    expect(o.n).toBe(2);
    r.replaceValue(3);
    expect(o.n).toBe(3);
    r.restore();
    expect(o.n).toBe(1);
    jest.replaceProperty(o, 'n', 5);
    jest.restoreAllMocks();
    expect(o.n).toBe(1);
    expect(() => jest.replaceProperty(o, 'x', 1)).toThrow('Property `x` does not exist in the provided object');
    expect(() => jest.replaceProperty(o, 'f', 1)).toThrow("Cannot replace the `f` property because it is a function. Use `jest.spyOn(object, 'f')` instead.");
  });
  test('history stays after restoreAllMocks', () => {
    const o = { m: () => 1 }, spy = jest.spyOn(o, 'm');
    o.m();
    jest.restoreAllMocks();
    expect(spy.mock.calls.length).toBe(1);
  });
  test('using', () => {
    const o = { m: () => 1 };
    { const spy = jest.spyOn(o, 'm').mockReturnValue(2); expect(o.m()).toBe(2); spy[Symbol.dispose](); }
    expect(o.m()).toBe(1);
  });
  test('whenCalledWith', () => {
    const f = jest.fn(() => 'else');
    f.whenCalledWith(1, expect.any(String)).mockReturnValue('one');
    expect([f(1, 'x'), f(2)]).toEqual(['one', 'else']);
  });
});
describe('matchers', () => {
  test('they read the record', () => {
    const f = jest.fn((x) => x);
    expect(f).not.toHaveBeenCalled();
    f(1); f({ a: 1 }); f('z');
    expect(f).toHaveBeenCalledTimes(3);
    expect(f).toHaveBeenNthCalledWith(2, { a: 1 });
    expect(f).toHaveBeenLastCalledWith('z');
    expect(f).toHaveReturnedWith({ a: 1 });
    expect(f).toHaveNthReturnedWith(1, 1);
    expect(f).toHaveLastReturnedWith('z');
    expect(f).toHaveReturnedTimes(3);
    expect(() => expect(f).toHaveBeenCalledWith(2)).toThrow();
    expect(() => expect(() => {}).toHaveBeenCalled()).toThrow('received value must be a mock or spy function');
  });
});
