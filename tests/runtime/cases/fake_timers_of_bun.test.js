// expect: Tests:       6 passed, 6 total
import { test, expect, jest, vi, setSystemTime, afterEach } from 'bun:test';
afterEach(() => { jest.useRealTimers(); setSystemTime(); });
test('timers wait for the clock', () => {
  expect(jest.useFakeTimers()).toBe(jest);
  const log = [];
  setTimeout(() => log.push('b'), 20);
  setTimeout((x) => log.push(x), 10, 'a');
  const id = setInterval(() => log.push('i'), 15);
  expect(jest.getTimerCount()).toBe(3);
  jest.advanceTimersByTime(20);
  expect(log).toEqual(['a', 'i', 'b']);
  clearInterval(id);
  expect(jest.getTimerCount()).toBe(0);
});
test('runAllTimers, runOnlyPendingTimers, next', () => {
  jest.useFakeTimers();
  const log = [];
  setTimeout(() => { log.push(1); setTimeout(() => log.push(2), 10); }, 10);
  jest.runOnlyPendingTimers();
  expect(log).toEqual([1]);
  jest.runAllTimers();
  expect(log).toEqual([1, 2]);
  setTimeout(() => log.push(3), 5);
  jest.advanceTimersToNextTimer();
  expect(log).toEqual([1, 2, 3]);
  setTimeout(() => log.push('never'), 5);
  jest.clearAllTimers();
  jest.runAllTimers();
  expect(log).toEqual([1, 2, 3]);
});
test('setSystemTime works alone', () => {
  setSystemTime(new Date('2020-01-01T00:00:00.000Z'));
  expect(new Date().toISOString()).toBe('2020-01-01T00:00:00.000Z');
  setSystemTime();
  expect(new Date().getFullYear()).toBeGreaterThan(2020);
});
test('Date follows the fake clock', () => {
  jest.useFakeTimers({ now: 1000 });
  expect(Date.now()).toBe(1000);
  jest.advanceTimersByTime(500);
  expect(Date.now()).toBe(1500);
  jest.setSystemTime(9000);
  expect(Date.now()).toBe(9000);
  expect(jest.isFakeTimers()).toBe(true);
});
test('advancing without fake timers throws', () => { expect(() => jest.advanceTimersByTime(1)).toThrow('Fake timers are not active. Call useFakeTimers() first.'); });
test('a second call keeps what waits', () => {
  vi.useFakeTimers();
  let n = 0;
  setTimeout(() => n++, 1);
  vi.useFakeTimers();
  vi.advanceTimersByTime(1);
  expect(n).toBe(1);
});
