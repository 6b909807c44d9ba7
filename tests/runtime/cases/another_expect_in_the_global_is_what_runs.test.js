// expect: Tests:       3 passed, 3 total
const original = expect;
test('replaced', () => {
  const log = [];
  globalThis.expect = (v) => ({ toBe: (e) => log.push([v, e]), not: { toBe: (e) => log.push(['not', v, e]) }, toBeNull: () => log.push('null') });
  expect(1).toBe(2);
  expect(1).not.toBe(1);
  expect(1).toBeNull();
  expect(1).toBe(1); expect(1).toBe(1); expect(1).toBe(1); expect(1).toBe(1); expect(2).toBe(1);
  globalThis.expect = original;
  expect(log).toEqual([[1, 2], ['not', 1, 1], 'null', [1, 1], [1, 1], [1, 1], [1, 1], [2, 1]]);
});
test('back', () => { expect(() => { expect(1).toBe(2); }).toThrow(); });
test('matchers can be replaced', () => {
  expect.extend({ toBe(r, e) { return { pass: r == e, message: () => 'loosely' }; } });
  expect(1).toBe('1');
  expect(() => { expect(1).toBe(2); }).toThrow('loosely');
});
