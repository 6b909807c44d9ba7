// SPDX-License-Identifier: MIT
// expect: Tests:       1 passed, 1 total
test('completion values of eval', () => {
    expect(eval('1; try { 5; null.x } catch { }')).toBe(undefined);
    expect(eval('1; try { 5; null.x } catch { ; } finally { 6 }')).toBe(undefined);
    expect(eval('1; try { 5; null.x } catch { 7 } finally { 6 }')).toBe(7);
    expect(eval('1; try { 5 } catch { 7 }')).toBe(5);
});
