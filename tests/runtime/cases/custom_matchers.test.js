// expect: ● fails
// expect: expected 5 to be even
// expect: Tests:       1 failed, 1 passed, 2 total
expect.extend({
  toBeEven(n) { return { pass: n % 2 === 0, message: () => `expected ${n} ${this.isNot ? 'not ' : ''}to be even` }; },
  async toBeSoon(p) { return { pass: (await p) === 'soon', message: () => 'late' }; },
});
test('pass', async () => {
  expect(4).toBeEven();
  expect(3).not.toBeEven();
  expect({ a: 4 }).toEqual({ a: expect.toBeEven() });
  await expect(Promise.resolve('soon')).toBeSoon();
});
test('fails', () => { expect(5).toBeEven(); });
