// SPDX-License-Identifier: MIT
test('sees none of the other file', () => {
    expect([1, 2].map(x => x * 2)).toEqual([2, 4]);
    expect({}.leaked).toBeUndefined();
    expect(typeof leakedGlobal).toBe('undefined');
    expect(JSON.parse('[1]')).toEqual([1]);
    expect(' a '.trim()).toBe('a');
});
