// expect: ● three failures
// expect: Expected: 2
// expect: ● three failures
// expect: with text: expected 'a' to equal 'b'
// expect: ● three failures
// expect: Expected: 3
// expect: ● not awaited
// expect: expect.poll(assertion).toBe() was not awaited.
// expect: Tests:       2 failed, 2 total
import { test, expect } from 'vitest';
test('three failures', async () => {
  expect.soft(1).toBe(2);
  expect.soft('a', 'with text').to.equal('b');
  await expect.soft(Promise.resolve(1)).resolves.toBe(3);
  expect.soft(4).toBe(4);
});
test('not awaited', () => { expect.poll(() => 1).toBe(1); });
