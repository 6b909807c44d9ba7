// expect: ● never settles
// expect: thrown: "Exceeded timeout of 30 ms for a test.
// expect: ● too slow
// expect: Exceeded timeout of 20 ms
// expect: Tests:       2 failed, 1 passed, 3 total
test('never settles', () => new Promise(() => {}), 30);
test('too slow', () => new Promise((r) => setTimeout(r, 1000)), 20);
test('quick', async () => { await new Promise((r) => setTimeout(r, 5)); });
