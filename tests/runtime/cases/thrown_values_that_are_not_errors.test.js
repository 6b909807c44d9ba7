// expect: thrown: 5
// expect: thrown: Object {
// expect: thrown: undefined
// expect: Tests:       3 failed, 3 total
test('number', () => { throw 5; });
test('object', () => { throw { a: 1 }; });
test('nothing', () => { throw undefined; });
