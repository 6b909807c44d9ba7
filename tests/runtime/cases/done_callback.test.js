// expect: ● fails with the argument
// expect: bad news
// expect: Tests:       1 failed, 1 passed, 2 total
test('waits', (done) => { setTimeout(() => { expect(1).toBe(1); done(); }, 5); });
test('fails with the argument', (done) => { setTimeout(() => done(new Error('bad news')), 1); });
