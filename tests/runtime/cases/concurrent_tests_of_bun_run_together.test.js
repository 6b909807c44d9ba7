// expect: ● fails
// expect: Tests:       1 failed, 10 passed, 11 total
import { test, expect, describe, beforeEach, beforeAll, afterAll } from 'bun:test';
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const log = [];
test.concurrent('slow', async () => { log.push('slow'); await wait(40); log.push('slow end'); });
test.concurrent('quick', async () => { log.push('quick'); await wait(5); log.push('quick end'); });
test('alone', () => { expect(log).toEqual(['slow', 'quick', 'quick end', 'slow end']); });
describe.concurrent('suite', () => {
  let n = 0, most = 0;
  for (let i = 0; i < 4; i++) test('many ' + i, async () => { n++; most = Math.max(n, most); await wait(5); n--; });
  test.serial('serial', () => { expect(n).toBe(0); expect(most).toBe(4); });
});
test.concurrent.each([[1, 2], [3, 4]])('each %i', async (a, b) => { await wait(1); expect(b - a).toBe(1); });
test.concurrent('fails', async () => { await wait(1); expect(1).toBe(2); });
