// expect: Tests:       2 skipped, 2 passed, 4 total
describe.only('a', () => {
  test('runs', () => {});
  describe('deeper', () => { test('runs as well', () => {}); });
});
describe('b', () => { test('no', () => { throw 1; }); });
test('no', () => { throw 1; });
