// expect: Tests:       8 passed, 8 total
test('doMock works from there on, dontMock takes it back', () => {
  expect(require('./adjacent').kind).toBe('real');
  jest.resetModules();
  jest.doMock('./adjacent', () => ({ hello: () => 'done', kind: 'factory' }));
  expect(require('./adjacent').kind).toBe('factory');
  expect(require('./greets')()).toBe('done');
  jest.dontMock('./adjacent');
  jest.resetModules();
  expect(require('./greets')()).toBe('real hello');
});
test('resetModules makes new instances', () => {
  const a = require('./state');
  expect(a.next()).toBe(1);
  expect(require('./state')).toBe(a);
  expect(require('./state').next()).toBe(2);
  jest.resetModules();
  const b = require('./state');
  expect(b).not.toBe(a);
  expect(b.next()).toBe(1);
});
test('isolateModules has a registry of its own', () => {
  const outer = require('./state');
  let inner;
  jest.isolateModules(() => { inner = require('./state'); expect(require('./state')).toBe(inner); });
  expect(inner).not.toBe(outer);
  expect(require('./state')).toBe(outer);
});
test('isolateModulesAsync', async () => {
  const outer = require('./state');
  let inner;
  await jest.isolateModulesAsync(async () => { await null; inner = require('./state'); });
  expect(inner).not.toBe(outer);
  expect(require('./state')).toBe(outer);
});
test('setMock', () => { jest.setMock('./state', { next: () => 'set' }); expect(require('./state').next()).toBe('set'); jest.unmock('./state'); });
test('computed names', () => {
  const name = './' + 'state';
  jest.resetModules();
  jest.doMock(name, () => ({ next: () => 'computed' }));
  expect(require(name).next()).toBe('computed');
  expect(require('./state').next()).toBe('computed');
  jest.dontMock(name);
  jest.resetModules();
  expect(require(name).next()).toBe(1);
});
test('a factory that throws', () => {
  jest.doMock('./state', () => { throw new Error('factory fails'); });
  jest.resetModules();
  expect(() => require('./state')).toThrow('factory fails');
  jest.dontMock('./state');
});
test('isMockFunction, mocked', () => { const f = jest.fn(); expect(jest.mocked(f)).toBe(f); expect(jest.isMockFunction(() => {})).toBe(false); });
