// expect: Tests:       3 passed, 3 total
const log = [];
jest.retryTimes(2, { waitBeforeRetry: 30 });
let first = 0, started = 0;
beforeEach(() => { log.push('before'); });
test('fails twice', () => { log.push('fails twice'); started ||= Date.now(); if (++first < 3) throw new Error('not yet'); expect(Date.now() - started).toBeGreaterThan(50); });
test('other', () => { log.push('other'); });
describe('inner', () => { test('inside', () => { log.push('inside'); }); });
afterAll(() => { expect(log).toEqual(['before', 'fails twice', 'before', 'other', 'before', 'inside', 'before', 'fails twice', 'before', 'fails twice']); });
