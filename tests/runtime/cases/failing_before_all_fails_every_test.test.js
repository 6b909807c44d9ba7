// expect: ● outer › a
// expect: broken
// expect: ● outer › b
// expect: Tests:       2 failed, 2 total
describe('outer', () => {
  beforeAll(() => { throw new Error('broken'); });
  test('a', () => {});
  test('b', () => {});
});
