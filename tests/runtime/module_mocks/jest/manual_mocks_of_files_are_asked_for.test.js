// expect: Tests:       3 passed, 3 total
const adjacent = require('./adjacent');
test('a file is not mocked unless asked', () => { expect(adjacent.kind).toBe('real'); expect(jest.requireMock('./adjacent').kind).toBe('manual'); });
test('nor is a builtin', () => { expect(typeof require('fs').statSync).toBe('function'); });
test('unmock', () => {
  jest.doMock('./adjacent');
  jest.resetModules();
  expect(require('./adjacent').kind).toBe('manual');
  jest.dontMock('./adjacent');
  jest.resetModules();
  expect(require('./adjacent').kind).toBe('real');
});
