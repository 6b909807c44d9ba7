// expect: Tests:       22 passed, 22 total
import { test, describe, expect, beforeEach, afterEach } from 'vitest';
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const log = [];
let running = 0, most = 0;
describe('tests', () => {
  beforeEach(({ task }) => { log.push('before ' + task.name); });
  test.concurrent('slow', async ({ expect }) => { expect.assertions(1); log.push('slow starts'); await wait(30); log.push('slow ends'); expect(1).toBe(1); });
  test.concurrent('quick', async ({ expect }) => { log.push('quick starts'); await wait(5); log.push('quick ends'); expect(1).toBe(1); expect(2).toBe(2); });
  test('alone', () => { expect(log).toEqual(['before slow', 'before quick', 'slow starts', 'quick starts', 'quick ends', 'slow ends', 'before alone']); });
});
describe('limit', () => {
  for (let i = 0; i < 12; i++) test.concurrent('many ' + i, async () => { running++; most = Math.max(most, running); await wait(5); running--; });
});
test('at most five', () => { expect(most).toBe(5); });
const order = [];
describe.concurrent('suite a', () => { test('a1', async () => { order.push('a1'); await wait(10); order.push('a1 end'); }); test('a2', async () => { order.push('a2'); await wait(20); order.push('a2 end'); }); });
describe.concurrent('suite b', () => { test('b1', async () => { order.push('b1'); await wait(1); order.push('b1 end'); }); });
test('suites too', () => { expect(order.slice(0, 3).sort()).toEqual(['a1', 'a2', 'b1']); expect(order.slice(3)).toEqual(['b1 end', 'a1 end', 'a2 end']); });
describe.concurrent('not this', () => { let n = 0; test.sequential('s1', async () => { n++; await wait(3); n--; }); test.sequential('s2', () => { expect(n).toBe(0); }); });
