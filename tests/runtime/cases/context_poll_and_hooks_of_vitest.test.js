// expect: Tests:       1 skipped, 36 passed, 37 total
import { test, expect, vi, describe, assertType, expectTypeOf, onTestFinished, onTestFailed, afterAll } from 'vitest';
const log = [];
test('poll waits', async () => {
  let n = 0;
  setTimeout(() => { n = 5; }, 60);
  await expect.poll(() => n, { interval: 10 }).toBe(5);
  await expect.poll(async () => n).to.equal(5);
  await expect.poll(() => n).not.toBe(6);
});
test('poll gives up', async () => {
  const e = await expect.poll(() => 1, { timeout: 40, interval: 5 }).toBe(2).catch((x) => x);
  expect(e.message).toContain('1');
  expect(e.cause.message).toBe('Matcher did not succeed in time.');
});
test('poll tries again after errors', async () => {
  let n = 0;
  await expect.poll(() => { if (++n < 3) throw new Error('not yet'); return n; }, { interval: 5 }).toBe(3);
});
test('poll does not go with all', async () => {
  expect(() => expect.poll(() => 1).toMatchSnapshot()).toThrow('expect.poll() is not supported in combination with .toMatchSnapshot(). Use vi.waitFor() if your assertion condition is unstable.');
  expect(() => expect.poll(() => 1).resolves).toThrow('expect.poll() is not supported in combination with .resolves');
});
test('context', async ({ task, expect: local, signal, onTestFinished: finished, skip, annotate }) => {
  local(task.name).toBe('context');
  local(task.type).toBe('test');
  local(signal.aborted).toBe(false);
  finished(() => { log.push('finished'); });
  finished(() => { log.push('finished first'); });
  onTestFinished(({ task: t }) => { log.push('global ' + t.name); });
  onTestFailed(() => { log.push('never'); });
  const note = await annotate('a note', 'warning');
  local(note.message).toBe('a note');
  local(note.type).toBe('warning');
  local(task.annotations.length).toBe(1);
  skip(false, 'not skipped');
  log.push('body');
});
test('hooks ran newest first', () => { expect(log).toEqual(['body', 'global context', 'finished first', 'finished']); });
test.fails('soft failures count', () => { expect.soft(1).toBe(2); log.push('went on'); expect.soft(2).toBe(2); });
test('and the test went on', () => { expect(log.at(-1)).toBe('went on'); });
test('assertions', () => { expect.assertions(2); expect(1).toBe(1); expect(2).to.be.a('number').and.equal(2); });
test.fails('too few assertions', () => { expect.assertions(2); expect(1).toBe(1); });
test.fails('no assertions', () => { expect.hasAssertions(); });
test('types are nothing', () => { assertType(1); expectTypeOf(1).toEqualTypeOf(); expectTypeOf({ a: 1 }).toHaveProperty('a').not.toBeAny(); expectTypeOf(() => 1).returns.toBeNumber(); });
test('skipping with a condition', ({ skip }) => { skip(true, 'because'); throw new Error('not reached'); });
test('the old callback', (done) => { expect(() => done()).toThrow('done() callback is deprecated, use promise instead'); });
const order = [];
describe.shuffle('shuffled', () => { for (let i = 0; i < 20; i++) test('s' + i, () => { order.push(i); }); });
test('all of them ran', () => { expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i)); });
test('timeouts abort the signal', { fails: true, timeout: 30 }, async ({ signal }) => { signal.addEventListener('abort', () => log.push('aborted')); await new Promise(() => { setTimeout(() => {}, 200); }); });
test('it was aborted', () => { expect(log.at(-1)).toBe('aborted'); });
