// expect: Tests:       4 passed, 4 total
import { test, expect, mock, spyOn } from 'bun:test';
import * as calc from './calc.js';
import { twice } from './uses.js';
test('mock.module patches what is imported already', async () => {
  expect(calc.add(1, 2)).toBe(3);
  mock.module('./calc.js', () => ({ add: (a, b) => a * 10 + b }));
  expect(calc.add(1, 2)).toBe(12);
  expect(twice(4)).toBe(44);
  expect((await import('./calc.js')).add(1, 1)).toBe(11);
  expect(require('./calc.js').add(1, 1)).toBe(11);
});
test('packages that are not there', async () => {
  mock.module('not-installed', () => ({ here: true, default: 5 }));
  expect((await import('not-installed')).here).toBe(true);
  expect(require('not-installed').here).toBe(true);
});
test('a factory is needed', () => { expect(() => mock.module('./state.js')).toThrow(); });
test('an asynchronous factory', async () => {
  await mock.module('./later.js', async () => { await null; return { later: 1 }; });
  expect((await import('./later.js')).later).toBe(1);
});
