// expect: Tests:       12 passed, 12 total
import { test, expect, vi, describe, beforeEach, afterEach } from 'vitest';
const RealDate = Date;
afterEach(() => { vi.useRealTimers(); });
test('what is faked unless asked otherwise', async () => {
  vi.useFakeTimers();
  expect(vi.isFakeTimers()).toBe(true);
  const log = [];
  queueMicrotask(() => log.push('micro'));
  process.nextTick(() => log.push('tick'));
  await null; await null;
  expect(log).toContain('micro');
  setImmediate(() => log.push('immediate'));
  setTimeout(() => log.push('timeout'), 1000);
  expect(vi.getTimerCount()).toBe(2);
  expect(vi.advanceTimersByTime(1000)).toBe(vi);
  expect(log.filter((x) => x === 'immediate' || x === 'timeout')).toEqual(['immediate', 'timeout']);
});
test('toFake', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 5 });
  expect(Date.now()).toBe(5);
  const t = setTimeout(() => {}, 0);
  expect(vi.getTimerCount()).toBe(0);
  clearTimeout(t);
});
test('toNotFake', () => {
  vi.useFakeTimers({ toNotFake: ['Date'] });
  expect(Date.now()).toBeGreaterThan(1e12);
  setTimeout(() => {}, 0);
  expect(vi.getTimerCount()).toBe(1);
});
test('an endless chain is an error after 10000 timers', () => {
  vi.useFakeTimers();
  const f = () => setTimeout(f, 1);
  f();
  expect(() => vi.runAllTimers()).toThrow('Aborting after running 10000 timers, assuming an infinite loop!');
  vi.useFakeTimers({ loopLimit: 7 });
  f();
  expect(() => vi.runAllTimers()).toThrow('Aborting after running 7 timers, assuming an infinite loop!');
});
test('advancing without fake timers throws', () => {
  expect(() => vi.advanceTimersByTime(1)).toThrow('A function to advance timers was called but the timers APIs are not mocked. Call `vi.useFakeTimers()` in the test file first.');
  expect(() => vi.runAllTimers()).toThrow('not mocked');
  expect(() => vi.getTimerCount()).toThrow('not mocked');
});
test('setSystemTime without fake timers mocks the date alone', () => {
  vi.setSystemTime(new Date(2000, 1, 1));
  expect(new Date().getFullYear()).toBe(2000);
  expect(vi.getMockedSystemTime()).toEqual(new Date(2000, 1, 1));
  expect(vi.isFakeTimers()).toBe(false);
  expect(vi.getRealSystemTime()).toBeGreaterThan(1.5e12);
  vi.useRealTimers();
  expect(vi.getMockedSystemTime()).toBe(null);
  expect(new Date().getFullYear()).toBeGreaterThan(2020);
});
test('steps, pending, next', () => {
  vi.useFakeTimers();
  const log = [];
  const id = setInterval(() => log.push('i'), 100);
  setTimeout(() => { log.push('a'); setTimeout(() => log.push('later'), 1000); }, 50);
  vi.advanceTimersToNextTimer().advanceTimersToNextTimer();
  expect(log).toEqual(['a', 'i']);
  vi.runOnlyPendingTimers();
  clearInterval(id);
  expect(log.at(-1)).toBe('later');
  expect(log.filter((x) => x === 'i').length).toBe(10);
  expect(vi.getTimerCount()).toBe(0);
});
test('async variants', async () => {
  vi.useFakeTimers();
  const log = [];
  const wait = (ms) => new Promise((r) => setTimeout(r, ms));
  (async () => { await wait(10); log.push(1); await wait(10); log.push(2); })();
  expect(await vi.advanceTimersByTimeAsync(10)).toBe(vi);
  expect(log).toEqual([1]);
  await vi.runAllTimersAsync();
  expect(log).toEqual([1, 2]);
  (async () => { await wait(10); log.push(3); await wait(10); log.push(4); })();
  await vi.runOnlyPendingTimersAsync();
  expect(log).toEqual([1, 2, 3]);
  await vi.advanceTimersToNextTimerAsync();
  expect(log).toEqual([1, 2, 3, 4]);
});
test('waitFor moves the fake clock', async () => {
  vi.useFakeTimers();
  let ready = false;
  setTimeout(() => { ready = true; }, 120);
  await vi.waitFor(() => { expect(ready).toBe(true); });
  expect(await vi.waitUntil(() => ready)).toBe(true);
});
test('a second call drops pending timers', () => {
  vi.useFakeTimers();
  const f = vi.fn();
  setTimeout(f, 1);
  vi.useFakeTimers();
  vi.advanceTimersByTime(10);
  expect(f).not.toHaveBeenCalled();
});
test('real time again', () => { expect(Date).toBe(RealDate); expect(vi.isFakeTimers()).toBe(false); });
test('intervals and refresh', () => {
  vi.useFakeTimers({ now: 0 });
  const at = [];
  const i = setInterval(() => at.push(Date.now()), 10);
  vi.advanceTimersByTime(35);
  expect(at).toEqual([10, 20, 30]);
  i.refresh();
  vi.advanceTimersByTime(9);
  expect(at.length).toBe(3);
  vi.advanceTimersByTime(1);
  expect(at.at(-1)).toBe(45);
});
