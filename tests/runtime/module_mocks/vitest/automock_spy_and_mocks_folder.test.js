// expect: Tests:       5 passed, 5 total
import { test, expect, vi } from 'vitest';
import * as calc from './calc.js';
import { counted } from './uses.js';
import { hello, kind } from './adjacent.js';
import { greet } from './greets.js';
import * as state from './state.js';
vi.mock('./calc.js');
vi.mock('./adjacent.js');
vi.mock('./state.js', { spy: true });
test('functions', () => {
  expect(calc.add(1, 2)).toBe(undefined);
  expect(calc.add).toHaveBeenCalledWith(1, 2);
  expect(calc.default(1)).toBe(undefined);
  vi.mocked(calc.sub).mockReturnValue(9);
  expect(calc.sub()).toBe(9);
});
test('classes', () => {
  const c = new calc.Counter(3);
  expect(c instanceof calc.Counter).toBe(true);
  expect(c.up()).toBe(undefined);
  expect(c.twice).toBe(undefined);
  expect(calc.Counter.make()).toBe(undefined);
  expect(counted()).toBe(undefined);
});
test('data', () => {
  expect(calc.config.deep.f()).toBe(undefined);
  expect(calc.config.deep.list).toEqual([]);
  expect(calc.config.deep.text).toBe('kept');
  expect(calc.config.n).toBe(5);
  expect(calc.flag).toBe(true);
  expect(calc.config.when instanceof Date).toBe(true);
});
test('__mocks__ beside the module', () => {
  expect(kind).toBe('manual');
  expect(hello()).toBe('mock hello');
  expect(greet()).toBe('mock hello');
});
test('spy: true keeps behaviour', () => {
  expect(state.next()).toBe(1);
  expect(state.next).toHaveBeenCalledTimes(1);
  vi.mocked(state.next).mockReturnValueOnce('once');
  expect([state.next(), state.next()]).toEqual(['once', 2]);
});
