// expect: ● fails alone
// expect: in the concurrent one
// expect: ● times out
// expect: thrown: "Exceeded timeout of 40 ms for a test.
// expect: Tests:       2 failed, 17 passed, 19 total
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const log = [];
beforeEach(() => { log.push('beforeEach'); });
test('first', () => { expect(log).toEqual(['beforeEach']); });
test.concurrent('slow', async () => { log.push('slow starts'); await wait(30); log.push('slow ends'); });
test('between', () => { expect(log.slice(1)).toEqual(['slow starts', 'quick starts', 'quick ends', 'slow ends', 'beforeEach']); });
test.concurrent('quick', async () => { log.push('quick starts'); await wait(5); log.push('quick ends'); expect(1).toBe(1); });
describe('inner', () => { test.concurrent('alone', async () => { expect(log.at(-1)).toBe('beforeEach'); }); });
test.concurrent.each([[1, 2], [3, 4]])('each %i', async (a, b) => { expect(b - a).toBe(1); });
let running = 0, most = 0;
describe('many', () => {
  for (let i = 0; i < 9; i++) test.concurrent('many ' + i, async () => { running++; most = Math.max(most, running); await wait(5); running--; });
});
test('at most five at once', () => { expect(most).toBe(5); });
test.concurrent('fails alone', async () => { await wait(2); throw new Error('in the concurrent one'); });
test.concurrent('times out', async () => { await wait(5000); }, 40);
