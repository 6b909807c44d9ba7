// SPDX-License-Identifier: MIT
// expect: Tests:       3 passed, 3 total
import * as runner from 'vitest';
import { expect as check, test } from 'vitest';

test('names and namespaces', () => {
    check(eval('typeof check + typeof runner.test')).toBe('functionfunction');
    check(eval('eval("typeof test")')).toBe('function');
});
test('they cannot be assigned to', () => {
    check(() => eval('check = 1')).toThrow('Assignment to constant variable.');
    check(() => eval('runner++')).toThrow(TypeError);
});
test('what has no scope of its own here does not see them', () => {
    check((0, eval)('typeof check') + new Function('return typeof runner')()).toBe('undefinedundefined');
});
