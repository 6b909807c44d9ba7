// expect: Tests:       3 passed, 3 total
jest.mock('./adjacent');
jest.mock('fs');
const adjacent = require('./adjacent');
test('__mocks__ beside the module', () => {
  expect(adjacent.kind).toBe('manual');
  expect(require('./greets')()).toBe('mock hello');
  expect(adjacent.actual()).toBe('real');
  expect(jest.requireActual('./adjacent').kind).toBe('real');
});
test('__mocks__ beside node_modules, unasked', () => {
  expect(require('never-installed').pad('x')).toBe('mocked x');
  expect(require('@scope/thing').scoped).toBe(true);
});
test('of a builtin, only when asked', () => { expect(require('fs').readFileSync()).toBe('from the mock'); });
