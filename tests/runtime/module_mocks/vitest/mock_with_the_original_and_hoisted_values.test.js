// expect: Tests:       6 passed, 6 total
import { test, expect, vi } from 'vitest';
import mul, { add, flag } from './calc.js';
import { twice, square } from './uses.js';
const made = vi.hoisted(() => ({ add: vi.fn((a, b) => a * 10 + b) }));
vi.mock('./calc.js', async (importOriginal) => {
  const original = await importOriginal();
  return { ...original, add: made.add, default: () => 100, originalAdd: original.add };
});
test('the factory is hoisted and may ask for the original', async () => {
  expect(add(1, 2)).toBe(12);
  expect(add).toBe(made.add);
  expect(mul()).toBe(100);
  expect(flag).toBe(true);
  expect(twice(4)).toBe(44);
  expect(square(4)).toBe(100);
  const m = await import('./calc.js');
  expect(m.originalAdd(1, 2)).toBe(3);
});
test('importActual, importMock', async () => {
  const actual = await vi.importActual('./calc.js');
  expect(actual.add(1, 2)).toBe(3);
  const state = await vi.importMock('./state.js');
  expect(state.next()).toBe(undefined);
  expect(vi.isMockFunction(state.next)).toBe(true);
  expect(state.n).toBe(1);
});
test('doMock holds for later imports', async () => {
  const before = await import('./state.js');
  vi.doMock('./state.js', () => ({ n: 'mocked' }));
  const after = await import('./state.js');
  expect(after.n).toBe('mocked');
  expect(before.n).toBe(1);
  vi.doUnmock('./state.js');
  expect((await import('./state.js')).n).toBe(1);
});
test('resetModules makes new instances', async () => {
  const a = await import('./state.js');
  a.next();
  vi.resetModules();
  const b = await import('./state.js');
  expect(b).not.toBe(a);
  expect(b.next()).toBe(1);
});
test('a missing export says so', async () => {
  vi.doMock('./greets.js', () => ({ greet: () => 1 }));
  const m = await import('./greets.js');
  expect(() => m.other).toThrow('No "other" export is defined on the "./greets.js" mock. Did you forget to return it from "vi.mock"?');
  vi.doUnmock('./greets.js');
});
test('a factory must return an object', async () => {
  vi.doMock('./greets.js', () => 5);
  await expect(import('./greets.js')).rejects.toThrow('vi.mock("./greets.js", factory?: () => unknown) is not returning an object. Did you mean to return an object with a "default" key?');
  vi.doUnmock('./greets.js');
});
