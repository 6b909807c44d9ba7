// expect: Tests:       2 passed, 2 total
jest.enableAutomock();
jest.unmock('./state');
const calc = require('./calc'), state = require('./state'), adjacent = require('./adjacent');
test('all but what is unmocked', () => {
  expect(calc.add(1, 2)).toBe(undefined);
  expect(jest.isMockFunction(calc.add)).toBe(true);
  expect(state.next()).toBe(1);
  expect(adjacent.kind).toBe('manual');
  expect(typeof require('path').join('a', 'b')).toBe('string');
});
test('until it is disabled', () => {
  jest.disableAutomock();
  jest.resetModules();
  expect(require('./greets')()).toBe('real hello');
});
