// expect: Tests:       1 passed, 1 total
import { test, expect, vi } from 'vitest';
import * as state from './state.js';
import { greet } from './greets.js';
import * as adjacent from './adjacent.js';
test('an export can be spied on', () => {
  const spy = vi.spyOn(adjacent, 'hello').mockReturnValue('spied');
  expect(greet()).toBe('spied');
  expect(spy).toHaveBeenCalledTimes(1);
  spy.mockRestore();
  expect(greet()).toBe('real hello');
  vi.spyOn(state, 'next');
  expect(state.next()).toBe(1);
  expect(state.next).toHaveBeenCalled();
  vi.restoreAllMocks();
  expect(vi.isMockFunction(state.next)).toBe(false);
});
