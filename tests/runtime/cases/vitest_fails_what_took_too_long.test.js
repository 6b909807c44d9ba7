// expect: ● synchronous
// expect: Test timed out in 20ms.
// expect: ● in microtasks
// expect: Tests:       2 failed, 1 passed, 3 total
import { test, expect } from 'vitest';
const spin = (ms) => { const end = Date.now() + ms; while (Date.now() < end); };
test('synchronous', { timeout: 20 }, () => { spin(40); });
test('in microtasks', { timeout: 20 }, async () => { await null; spin(40); });
test('quick', { timeout: 20 }, () => {});
