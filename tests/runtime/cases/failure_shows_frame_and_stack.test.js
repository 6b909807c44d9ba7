// expect: ● outer › inner
// expect:     expect(received).toBe(expected) // Object.is equality
// expect:     Expected: 2
// expect:     Received: 1
// expect:     >  9 | function check(x) { expect(x).toBe(2); }
// expect:       at check (cases/failure_shows_frame_and_stack.test.js:9:31)
// expect: Tests:       1 failed, 1 total

function check(x) { expect(x).toBe(2); }
describe('outer', () => { test('inner', () => { check(1); }); });
