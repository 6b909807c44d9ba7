// expect: ● differs
// expect: - 1
// expect: + 2
// expect: Tests:       1 failed, 1 passed, 2 total
test('same', () => {
  expect({ a: [1] }).toMatchInlineSnapshot(`
    {
      "a": [
        1,
      ],
    }
  `);
  expect('x').toMatchInlineSnapshot(`"x"`);
  expect(() => { throw new Error('boo'); }).toThrowErrorMatchingInlineSnapshot(`"boo"`);
});
test('differs', () => { expect(2).toMatchInlineSnapshot(`1`); });
