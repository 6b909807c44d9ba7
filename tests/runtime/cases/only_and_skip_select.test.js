// expect: Tests:       3 skipped, 2 passed, 5 total
test('plain', () => { throw 1; });
test.only('chosen', () => {});
describe('s', () => {
  test('not chosen', () => { throw 1; });
  it.only('chosen too', () => {});
});
xtest('x', () => { throw 1; });
