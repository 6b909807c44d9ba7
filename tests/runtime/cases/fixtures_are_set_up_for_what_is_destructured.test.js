// expect: Tests:       15 passed, 15 total
import { test as base, describe, expect, beforeEach, afterEach, afterAll } from 'vitest';
const log = [];
const test = base.extend({
  plain: 5,
  list: async ({}, use) => { log.push('list up'); await use([1]); log.push('list down'); },
  sum: async ({ list, plain }, use) => { await use(list.length + plain); },
  always: [async ({}, use) => { log.push('always up'); await use('on'); log.push('always down'); }, { auto: true }],
  shared: [async ({}, use) => { log.push('shared up'); await use({ n: 0 }); log.push('shared down'); }, { scope: 'file' }],
});
beforeEach(({ plain }) => { log.push('before ' + plain); });
afterEach(() => { log.push('after'); });
test('depends', ({ sum, list }) => { log.push('body'); expect(sum).toBe(6); expect(list).toEqual([1]); });
test('order', () => {
  expect(log).toEqual(['always up', 'before 5', 'list up', 'body', 'after', 'list down', 'always down', 'always up', 'before 5']);
});
test('file scope one', ({ shared }) => { shared.n++; });
test('file scope two', ({ shared }) => { expect(shared.n).toBe(1); expect(log.filter((x) => x === 'shared up').length).toBe(1); });
const more = test.extend({ plain: async ({ plain }, use) => use(plain * 10), late: ({ plain }, use) => use(plain + 1) });
more('overrides its base', ({ plain, late }) => { expect([plain, late]).toEqual([50, 51]); });
describe('override', () => {
  test.override({ plain: 7 });
  test('in a suite', ({ plain, sum }) => { expect([plain, sum]).toEqual([7, 8]); });
});
test('not outside', ({ plain }) => { expect(plain).toBe(5); });
test.for([[1, 2], [3, 4]])('for %i', ([a, b], { plain }) => { expect(b - a + plain).toBe(6); });
const built = base.extend('n', () => 3).extend('m', async ({ n }, { onCleanup }) => { onCleanup(() => log.push('m down')); return n * 2; });
built('builder', ({ n, m }) => { expect([n, m]).toEqual([3, 6]); });
built('cleaned', () => { expect(log.at(-2)).toBe('m down'); });
const bad = base.extend({ lost: async ({}, use) => {}, thrower: async ({}, use) => { throw new Error('setup fails'); }, leaver: async ({}, use) => { await use(1); throw new Error('teardown fails'); } });
bad.fails('never uses', ({ lost }) => {});
bad.fails('throws', ({ thrower }) => {});
bad.fails('throws later', ({ leaver }) => {});
test('renamed and defaulted', ({ plain: p, list: [first] = [], task }) => { expect([p, first, task.name]).toEqual([5, 1, 'renamed and defaulted']); });
afterAll(() => { expect(log.at(-1)).not.toBe('shared down'); });
