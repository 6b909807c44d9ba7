import { expect, it } from 'vitest';
it('counts', () => {
    const a = 1;
    expect(a).toBe(1);
    expect(a).toBe(2);
    expect(a).toBe(3);
    expect(a).toBe(4);
    expect([a]).toEqual([1]);
    expect(() => a).not.toThrow();
    expect(typeof a).toBe('number');
});
