// expect: Tests:       22 passed, 22 total
describe('setTimeout, setInterval, setImmediate', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });
  test('advance fires what is due, in time order, at its own time', () => {
    const log = [], start = Date.now();
    setTimeout(() => log.push(['b', Date.now() - start]), 20);
    setTimeout((x, y) => log.push([x, y, Date.now() - start]), 10, 'a', 1);
    const id = setInterval(() => { log.push(['i', Date.now() - start]); if (log.length > 5) clearInterval(id); }, 8);
    jest.advanceTimersByTime(15);
    expect(log).toEqual([['i', 8], ['a', 1, 10]]);
    expect(jest.getTimerCount()).toBe(2);
    jest.advanceTimersByTime(5);
    expect(log.slice(2)).toEqual([['i', 16], ['b', 20]]);
    jest.advanceTimersByTime(100);
    expect(log.slice(4)).toEqual([['i', 24], ['i', 32]]);
    expect(jest.getTimerCount()).toBe(0);
    expect(Date.now() - start).toBe(120);
  });
  test('timers created while advancing run when due', () => {
    const log = [];
    setTimeout(() => { log.push(1); setTimeout(() => { log.push(2); setTimeout(() => log.push(3), 10); }, 5); }, 5);
    jest.advanceTimersByTime(10);
    expect(log).toEqual([1, 2]);
    expect(jest.getTimerCount()).toBe(1);
  });
  test('immediates come before timers of the same time', () => {
    const log = [];
    setTimeout(() => log.push('t0'), 0);
    setImmediate((x) => log.push(x), 'im');
    const gone = setImmediate(() => log.push('never'));
    clearImmediate(gone);
    jest.advanceTimersByTime(0);
    expect(log).toEqual(['im', 't0']);
  });
  test('runAllTimers, runOnlyPendingTimers', () => {
    const log = [];
    setTimeout(() => { log.push('a'); setTimeout(() => log.push('b'), 100); }, 10);
    jest.runOnlyPendingTimers();
    expect(log).toEqual(['a']);
    jest.runAllTimers();
    expect(log).toEqual(['a', 'b']);
    let n = 0;
    const id = setInterval(() => n++, 10);
    jest.runOnlyPendingTimers();
    expect(n).toBe(1);
    clearInterval(id);
  });
  test('an endless chain is an error', () => {
    jest.useFakeTimers({ timerLimit: 50 });
    const f = () => setTimeout(f, 1);
    f();
    expect(() => jest.runAllTimers()).toThrow('Aborting after running 50 timers, assuming an infinite loop!');
  });
  test('next timer and next frame', () => {
    const log = [];
    setTimeout(() => log.push(1), 100);
    setTimeout(() => log.push(2), 200);
    setTimeout(() => log.push(3), 300);
    jest.advanceTimersToNextTimer();
    expect(log).toEqual([1]);
    jest.advanceTimersToNextTimer(2);
    expect(log).toEqual([1, 2, 3]);
    setTimeout(() => log.push('frame'), 3);
    jest.advanceTimersToNextFrame();
    expect(log.at(-1)).toBe('frame');
  });
  test('clearAllTimers, clear by id', () => {
    const f = jest.fn();
    setTimeout(f, 1); setInterval(f, 1); setImmediate(f);
    expect(jest.getTimerCount()).toBe(3);
    jest.clearAllTimers();
    expect(jest.getTimerCount()).toBe(0);
    const a = setTimeout(f, 5);
    clearTimeout(a); clearTimeout(undefined); clearTimeout(null);
    jest.advanceTimersByTime(10);
    expect(f).not.toHaveBeenCalled();
  });
  test('what setTimeout returns', () => {
    const f = jest.fn(), t = setTimeout(f, 10);
    expect(t.hasRef()).toBe(true);
    expect(t.unref()).toBe(t);
    expect(t.hasRef()).toBe(false);
    expect(t.ref()).toBe(t);
    jest.advanceTimersByTime(9);
    t.refresh();
    jest.advanceTimersByTime(9);
    expect(f).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(f).toHaveBeenCalledTimes(1);
    expect(typeof t[Symbol.toPrimitive]()).toBe('number');
  });
  test('a callback that throws lets advance throw; the rest stays', () => {
    const f = jest.fn();
    setTimeout(() => { throw new Error('from the callback'); }, 5);
    setTimeout(f, 5);
    expect(() => jest.advanceTimersByTime(5)).toThrow('from the callback');
    jest.runAllTimers();
    expect(f).toHaveBeenCalledTimes(1);
  });
  test('a callback must be a function', () => { expect(() => setTimeout('code', 1)).toThrow(/[Cc]allback/); });
  test('negative time', () => { expect(() => jest.advanceTimersByTime(-1)).toThrow('Negative ticks are not supported'); });
});
describe('ticks and microtasks', () => {
  afterEach(() => { jest.useRealTimers(); });
  test('nextTick and queueMicrotask are faked', () => {
    jest.useFakeTimers();
    const log = [];
    process.nextTick((x) => log.push(x), 'tick');
    queueMicrotask(() => log.push('micro'));
    expect(log).toEqual([]);
    expect(jest.getTimerCount()).toBe(2);
    jest.runAllTicks();
    expect(log).toEqual(['tick', 'micro']);
    process.nextTick(() => log.push('before the timer'));
    setTimeout(() => log.push('timer'), 1);
    jest.advanceTimersByTime(1);
    expect(log.slice(2)).toEqual(['before the timer', 'timer']);
  });
  test('doNotFake', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'Date'] });
    const log = [];
    setTimeout(() => log.push('faked'), 0);
    const before = Date.now();
    await new Promise((r) => setImmediate(r));
    await new Promise((r) => process.nextTick(r));
    await new Promise((r) => queueMicrotask(r));
    expect(log).toEqual([]);
    expect(Math.abs(Date.now() - before)).toBeLessThan(5000);
    jest.advanceTimersByTime(1000000);
    expect(Math.abs(Date.now() - before)).toBeLessThan(5000);
    expect(log).toEqual(['faked']);
  });
});
describe('clocks', () => {
  afterEach(() => { jest.useRealTimers(); });
  test('Date, performance.now, hrtime follow', () => {
    jest.useFakeTimers({ now: new Date('2020-02-03T04:05:06.007Z') });
    expect(new Date().toISOString()).toBe('2020-02-03T04:05:06.007Z');
    const p = performance.now(), h = process.hrtime();
    jest.advanceTimersByTime(1500);
    expect(Date.now()).toBe(Date.UTC(2020, 1, 3, 4, 5, 7, 507));
    expect(performance.now() - p).toBe(1500);
    expect(process.hrtime(h)).toEqual([1, 500000000]);
    expect(new Date(0).getTime()).toBe(0);
    expect(Date.UTC(2000, 0)).toBe(946684800000);
    expect(Date()).toMatch(/^Mon Feb 03 2020/);
  });
  test('setSystemTime moves no timer', () => {
    jest.useFakeTimers({ now: 1000 });
    const f = jest.fn(() => Date.now());
    setTimeout(f, 100);
    jest.setSystemTime(500000);
    expect(Date.now()).toBe(500000);
    expect(f).not.toHaveBeenCalled();
    jest.advanceTimersByTime(100);
    expect(f.mock.results[0].value).toBe(500100);
    jest.setSystemTime(new Date('2001-01-01'));
    expect(new Date().getUTCFullYear()).toBe(2001);
    expect(Math.abs(jest.getRealSystemTime() - Date.now()) > 1e9).toBe(true);
    expect(jest.now()).toBe(Date.now());
  });
  test('instances are Dates', () => {
    const Real = Date;
    jest.useFakeTimers();
    const d = new Date();
    expect(d instanceof Date).toBe(true);
    expect(d instanceof Real).toBe(true);
    expect(Object.prototype.toString.call(d)).toBe('[object Date]');
    expect(new Date(2020, 0, 1).getFullYear()).toBe(2020);
  });
  test('back to real', () => {
    jest.useFakeTimers({ now: 0 });
    const f = setTimeout;
    jest.useRealTimers();
    expect(Date.now()).toBeGreaterThan(1e12);
    expect(setTimeout).not.toBe(f);
  });
});
describe('async', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });
  test('advanceTimersByTimeAsync lets promises go on between timers', async () => {
    const log = [];
    const wait = (ms) => new Promise((r) => setTimeout(r, ms));
    (async () => { await wait(10); log.push(1); await wait(10); log.push(2); await wait(10); log.push(3); })();
    await jest.advanceTimersByTimeAsync(20);
    expect(log).toEqual([1, 2]);
    await jest.advanceTimersByTimeAsync(10);
    expect(log).toEqual([1, 2, 3]);
  });
  test('runAllTimersAsync, runOnlyPendingTimersAsync, advanceTimersToNextTimerAsync', async () => {
    const log = [];
    const wait = (ms) => new Promise((r) => setTimeout(r, ms));
    (async () => { await wait(10); log.push(1); await wait(1000); log.push(2); })();
    await jest.runOnlyPendingTimersAsync();
    expect(log).toEqual([1]);
    await jest.runAllTimersAsync();
    expect(log).toEqual([1, 2]);
    (async () => { await wait(10); log.push(3); await wait(10); log.push(4); })();
    await jest.advanceTimersToNextTimerAsync();
    expect(log).toEqual([1, 2, 3]);
    await jest.advanceTimersToNextTimerAsync(1);
    expect(log).toEqual([1, 2, 3, 4]);
  });
});
test('without fake timers advancing only warns', () => {
  const write = jest.spyOn(console, 'warn').mockImplementation(() => {});
  expect(jest.advanceTimersByTime(10)).toBe(undefined);
  expect(write.mock.calls.length).toBe(1);
  expect(String(write.mock.calls[0][0])).toContain('A function to advance timers was called but the timers APIs are not replaced with fake timers.');
  write.mockRestore();
});
test('legacy timers are not there', () => { expect(() => jest.runAllImmediates()).toThrow('`jest.runAllImmediates()` is only available when using legacy fake timers.'); });
test('useFakeTimers gives the jest object', () => { expect(jest.useFakeTimers()).toBe(jest); expect(jest.useRealTimers()).toBe(jest); });
