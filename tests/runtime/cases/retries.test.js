// expect: Tests:       1 failed, 1 passed, 2 total
jest.retryTimes(2);
let n = 0;
test('third time', () => { expect(++n).toBe(3); });
test('never', () => { expect(1).toBe(2); });
