// expect: Tests:       1 skipped, 5 passed, 6 total
import { describe, test, expect, vi, beforeEach, afterEach, onTestFinished } from 'vitest';
const log = [];
afterEach(() => log.push('one'));
afterEach(() => log.push('two'));
describe('bodies come after the file', () => { test('late is set', () => { expect(late).toBe(1); }); });
const late = 1;
beforeEach(() => () => log.push('cleanup'));
test('context', ({ task, expect: e }) => { e(task.name).toBe('context'); });
test('after hooks run in reverse', () => { expect(log.slice(0, 3)).toEqual(['two', 'one', 'cleanup']); });
test('length counts', () => { expect([1, undefined]).not.toEqual([1]); });
test.for([[1, 2]])('for does not spread %s', ([a, b], { expect: e }) => { e(a + b).toBe(3); });
test('skips itself', (ctx) => { ctx.skip(); });
