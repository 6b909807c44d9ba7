// expect: Tests:       5 passed, 5 total
import { test, expect, mock, spyOn, jest, afterEach } from 'bun:test';
afterEach(() => { mock.restore(); });
test('record', () => {
  const f = mock((x) => x * 2);
  f(1); f(2);
  expect(f.mock.calls).toEqual([[1], [2]]);
  expect(f.mock.results).toEqual([{ type: 'return', value: 2 }, { type: 'return', value: 4 }]);
  expect(f.mock.lastCall).toEqual([2]);
  expect(f).toHaveBeenLastCalledWith(2);
});
test('spies', () => {
  const o = { m: () => 1 };
  const spy = spyOn(o, 'm');
  expect(o.m()).toBe(1);
  spy.mockImplementation(() => 5);
  expect(o.m()).toBe(5);
  mock.restore();
  expect(o.m()).toBe(1);
  expect(spy.mock.calls.length).toBe(0);
});
test('reset takes the implementation', () => { const f = jest.fn(() => 1); f.mockReset(); expect(f()).toBe(undefined); });
test('once', () => { const f = mock().mockReturnValueOnce(1).mockReturnValue(2); expect([f(), f(), f()]).toEqual([1, 2, 2]); });
test('clearAllMocks', () => { const f = mock(() => 1); f(); mock.clearAllMocks(); expect(f.mock.calls.length).toBe(0); expect(f()).toBe(1); });
