// expect: Tests:       1 passed, 1 total
test('held values arrive, unregistered ones do not', async () => {
  const seen = [], token = {};
  const registry = new FinalizationRegistry((held) => { seen.push(held); });
  (function make() { for (let i = 0; i < 50; i++) registry.register({ i }, i); })();
  (function make() { for (let i = 0; i < 50; i++) registry.register({ i }, 'gone', token); })();
  expect(registry.unregister(token)).toBe(true);
  expect(registry.unregister(token)).toBe(false);
  let last = '';
  for (let round = 0; round < 100 && !seen.length; round++) {
    for (let i = 0; i < 100000; i++) last = [i, { a: i, b: last.length }].join('-');
    await new Promise((done) => setTimeout(done, 0));
  }
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.every((held) => typeof held === 'number')).toBe(true);
});
