// expect: Tests:       6 passed, 6 total
import mul, { add, sub } from './calc';
import { twice, square } from './uses';
const mockValue = 7;
jest.mock('./calc', () => ({ __esModule: true, default: jest.fn(() => 100), add: jest.fn((a, b) => a * 10 + b), later: () => mockValue }));
test('calls are hoisted above imports', () => {
  expect(add(1, 2)).toBe(12);
  expect(mul(2, 3)).toBe(100);
  expect(sub).toBe(undefined);
  expect(require('./calc').later()).toBe(7);
});
test('what other modules import too', () => {
  expect(twice(4)).toBe(44);
  expect(square(4)).toBe(100);
  expect(add).toHaveBeenLastCalledWith(4, 4);
});
test('requireActual is the original', () => {
  const actual = jest.requireActual('./calc');
  expect(actual.add(1, 2)).toBe(3);
  expect(actual.default(3, 4)).toBe(12);
  expect(actual.add).not.toBe(add);
});
test('requireMock is the mock', () => { expect(jest.requireMock('./calc').add).toBe(add); });
jest.mock('no-such-package', () => ({ virtual: 1 }), { virtual: true });
test('virtual', () => { expect(require('no-such-package').virtual).toBe(1); });
jest.mock('path', () => ({ ...jest.requireActual('path'), sep: '!' }));
test('a builtin', () => { expect(require('path').sep).toBe('!'); expect(require('path').join('a', 'b')).toBe('a/b'); });
