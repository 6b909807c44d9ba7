// expect: Tests:       3 passed, 3 total
import { test, expect, mock, spyOn } from 'bun:test';
test('extra matchers', () => { expect([1]).toBeArrayOfSize(1); expect('abc').toStartWith('a'); expect(4).toBeEven(); expect({ a: 1 }).toContainKey('a'); });
test('mock', () => { const m = mock(() => 5); expect(m()).toBe(5); expect(m).toHaveBeenCalledTimes(1); });
test('error fields count', () => { expect(new Error('a')).not.toEqual(new TypeError('a')); });
