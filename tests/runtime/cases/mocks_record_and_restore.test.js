// expect: Tests:       3 passed, 3 total
const o = { f(x) { return x + 1; }, get g() { return 1; } };
test('fn', () => {
  const m = jest.fn((x) => x * 2).mockReturnValueOnce('once').mockName('m');
  expect([m(1), m(2)]).toEqual(['once', 4]);
  expect(m.mock.calls).toEqual([[1], [2]]);
  expect(m.mock.results).toEqual([{ type: 'return', value: 'once' }, { type: 'return', value: 4 }]);
  expect(m).toHaveBeenLastCalledWith(2);
  m.mockClear();
  expect(m).not.toHaveBeenCalled();
  class C { constructor() { this.x = 1; } }
  const N = jest.fn(C); // eslint-disable-line
  expect(new N()).toBeInstanceOf(C);
});
test('spies', () => {
  const s = jest.spyOn(o, 'f').mockImplementation(() => 'spied');
  expect(o.f(1)).toBe('spied');
  s.mockRestore();
  expect(o.f(1)).toBe(2);
  const g = jest.spyOn(o, 'g', 'get').mockReturnValue(9);
  expect(o.g).toBe(9);
  g.mockRestore();
  expect(o.g).toBe(1);
});
test('async', async () => {
  const m = jest.fn().mockResolvedValue(1).mockRejectedValueOnce(new Error('no'));
  await expect(m()).rejects.toThrow('no');
  await expect(m()).resolves.toBe(1);
});
