// expect: ● differs
// expect: expect(received).toMatchSnapshot()
// expect: Snapshot name: `differs 1`
// expect: -   "a": 1,
// expect: +   "a": 2,
// expect: ● is new
// expect: New snapshot was not written.
// expect: Tests:       2 failed, 1 passed, 3 total
test('same', () => { expect({ b: [1, 'x'], a: new Map([[1, { c: undefined }]]) }).toMatchSnapshot(); });
test('differs', () => { expect({ a: 2 }).toMatchSnapshot(); });
test('is new', () => { expect(1).toMatchSnapshot(); });
