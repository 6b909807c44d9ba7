// SPDX-License-Identifier: MIT
// A million passing assertions of the cheapest kind; to_be_none.test.js is the same loop without them.
test('a million toBe', () => {
    let y = 0;
    for (let x = 0; x < 1000000; x++) {
        expect(x).toBe(y);
        y = y + 1;
    }
});
