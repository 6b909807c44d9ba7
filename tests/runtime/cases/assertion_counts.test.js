// expect: expect.assertions(2)
// expect: Expected two assertions to be called but received one assertion call.
// expect: expect.hasAssertions()
// expect: Tests:       2 failed, 1 passed, 3 total
test('too few', () => { expect.assertions(2); expect(1).toBe(1); });
test('none', () => { expect.hasAssertions(); });
test('right', async () => { expect.assertions(2); expect(1).toBe(1); await expect(Promise.resolve(1)).resolves.toBe(1); });
