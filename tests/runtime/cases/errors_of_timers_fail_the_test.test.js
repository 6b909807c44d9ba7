// expect: ● has a timer that throws
// expect: from the timer
// expect: Tests:       1 failed, 1 total
test('has a timer that throws', async () => { setTimeout(() => { throw new Error('from the timer'); }, 1); await new Promise((r) => setTimeout(r, 10)); });
