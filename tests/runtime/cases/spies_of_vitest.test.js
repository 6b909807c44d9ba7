// expect: Tests:       13 passed, 13 total
import { test, expect, vi, describe, afterEach } from 'vitest';
afterEach(() => { vi.restoreAllMocks(); });
test('record', async () => {
  const f = vi.fn((x) => { if (x < 0) throw new Error('neg'); return x > 10 ? Promise.resolve(x) : x; });
  expect(f.mock.lastCall).toBe(undefined);
  f(1); await f(20); expect(() => f(-1)).toThrow('neg');
  expect(f.mock.calls).toEqual([[1], [20], [-1]]);
  expect(f.mock.results.map((r) => r.type)).toEqual(['return', 'return', 'throw']);
  expect(f.mock.settledResults.map((r) => [r.type, r.value instanceof Error ? r.value.message : r.value])).toEqual([['fulfilled', 1], ['fulfilled', 20], ['rejected', 'neg']]);
  expect(f.mock.lastCall).toEqual([-1]);
  expect(f).toHaveResolvedWith(20);
});
test('reset gives the original back', () => {
  const f = vi.fn(() => 'original').mockReturnValue('mocked');
  expect(f()).toBe('mocked');
  f.mockReset();
  expect(f()).toBe('original');
  const o = { m: () => 1 };
  const spy = vi.spyOn(o, 'm').mockReturnValue(2);
  vi.resetAllMocks();
  expect(o.m()).toBe(1);
  expect(spy).toHaveBeenCalledTimes(1);
  spy.mockRestore();
  o.m();
  expect(spy).toHaveBeenCalledTimes(0);
});
test('mockClear keeps the mock object', () => {
  const f = vi.fn(), state = f.mock;
  f(1);
  const calls = state.calls;
  f.mockClear();
  expect(f.mock).toBe(state);
  expect(calls).toEqual([[1]]);
  expect(state.calls).toEqual([]);
});
test('names', () => {
  expect(vi.fn().getMockName()).toBe('vi.fn()');
  expect(vi.spyOn({ m() {} }, 'm').getMockName()).toBe('m');
  expect(vi.fn().mockName('x').getMockName()).toBe('x');
});
test('an existing mock is returned', () => { const f = vi.fn(); expect(vi.fn(f)).toBe(f); });
test('classes', () => {
  const C = vi.fn(class { constructor(n) { this.n = n; } });
  const c = new C(1);
  expect(c.n).toBe(1);
  expect(c instanceof C).toBe(true);
  const space = { K: class { constructor() { this.real = true; } } };
  const spy = vi.spyOn(space, 'K');
  expect(new space.K().real).toBe(true);
  expect(spy).toHaveBeenCalledTimes(1);
  const arrow = vi.fn(() => 1);
  expect(() => new arrow()).toThrow();
});
test('withImplementation gives the mock', async () => {
  const f = vi.fn(() => 1);
  expect(f.withImplementation(() => 2, () => { expect(f()).toBe(2); })).toBe(f);
  await f.withImplementation(() => 3, async () => { await null; expect(f()).toBe(3); });
  expect(f()).toBe(1);
});
test('accessors', () => {
  let v = 1;
  const o = { get p() { return v; }, set p(x) { v = x; }, plain: 5 };
  const set = vi.spyOn(o, 'p', 'set').mockImplementation(() => {});
  o.p = 3;
  expect([o.p, v]).toEqual([1, 1]);
  expect(set).toHaveBeenCalledWith(3);
  set.mockRestore();
  vi.spyOn(o, 'p', 'get').mockReturnValue(9);
  expect(o.p).toBe(9);
  vi.spyOn(o, 'plain', 'get').mockReturnValue(6);
  expect(o.plain).toBe(6);
  vi.restoreAllMocks();
  expect([o.p, o.plain]).toEqual([1, 5]);
});
test('globals and environment', () => {
  vi.stubGlobal('answer', 42);
  expect(answer).toBe(42);
  vi.stubEnv('SOME_NAME', 'value');
  expect(process.env.SOME_NAME).toBe('value');
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  expect(typeof answer).toBe('undefined');
  expect(process.env.SOME_NAME).toBe(undefined);
});
test('mockThrow', () => {
  const f = vi.fn().mockThrow(new Error('always')).mockThrowOnce(new Error('once'));
  expect(() => f()).toThrow('once');
  expect(() => f()).toThrow('always');
});
test('order of calls', () => {
  const a = vi.fn(), b = vi.fn();
  a(); b();
  expect(a).toHaveBeenCalledBefore(b);
  expect(b).toHaveBeenCalledAfter(a);
  expect(a).toHaveBeenCalledExactlyOnceWith();
});
test('mockObject', () => {
  const o = vi.mockObject({ f: () => 1, deep: { g: () => 2 }, n: 5, list: [1] });
  expect([o.f(), o.deep.g(), o.n, o.list]).toEqual([undefined, undefined, 5, []]);
  const s = vi.mockObject({ f: () => 1 }, { spy: true });
  expect(s.f()).toBe(1);
  expect(s.f).toHaveBeenCalled();
});
test('config', async () => {
  vi.setConfig({ testTimeout: 1234, hookTimeout: 99 });
  expect(() => vi.resetConfig()).not.toThrow();
});
